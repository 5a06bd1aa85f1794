import { fail } from "../errors.ts";

/** One `%` code of a format string. */
export interface FormatCode {
  /** The name in `%(name)s`. */
  readonly key: string | undefined;
  readonly flags: ReadonlySet<string>;
  readonly width: number | "*";
  readonly precision: number | "*" | undefined;
  readonly conversion: string;
}

const pattern = /(?:\(([^)]*)\))?([#0\- +]*)(\*|[0-9]*)(?:\.(\*|[0-9]*))?[hlL]?([\s\S]?)/uy;

type Parts = readonly (string | FormatCode)[];

const recent = new Map<string, Parts>();

/** Splits a format string into text and codes. Throws for a code that is cut off or unknown. Remembers a few: formats come in loops. */
export function parseFormat(format: string): Parts {
  const known = recent.get(format);
  if (known !== undefined) return known;
  if (recent.size >= 64) recent.clear();
  const parts = split(format);
  recent.set(format, parts);
  return parts;
}

function split(format: string): Parts {
  const parts: (string | FormatCode)[] = [];
  let from = 0;
  for (let at = format.indexOf("%"); at >= 0; at = format.indexOf("%", from)) {
    if (at > from) parts.push(format.slice(from, at));
    pattern.lastIndex = at + 1;
    const [all = "", key, flags = "", width = "", precision, conversion = ""] = pattern.exec(format) ?? [];
    if (conversion === "" || (conversion === "(" && !format.includes(")", at))) throw fail("Truncated format code.");
    if (!"diuoxXeEfFgGcs%".includes(conversion)) throw fail(`Unrecognised conversion type: ${conversion}`);
    parts.push({
      key,
      flags: new Set(flags),
      width: width === "*" ? "*" : Number(width),
      precision: precision === undefined || precision === "*" ? precision : Number(precision),
      conversion,
    });
    from = at + 1 + all.length;
  }
  if (from < format.length) parts.push(format.slice(from));
  return parts;
}
