import { bytesOf, compareText, textOf } from "./byte-text.ts";
import { cut, pad } from "./format-flags.ts";
import type { Flags } from "./format-flags.ts";
import { formatFloatVerb, formatInteger } from "./format-number.ts";
import { Byte, Complex, isList, isMap, kindOf, typeName } from "./go-value.ts";
import { LimitError, checkLength, maxDepth } from "./limits.ts";
import { fitsBackQuotes, quoteGo } from "./quoting.ts";

/** One value by one verb, with Go's `%!verb(type=value)` when the verb does not fit. `v` stands for print and println too. */
export function formatValue(value: unknown, verb: string, flags: Flags): string {
  if (value === undefined || value === null) return verb === "v" || verb === "T" ? pad("<nil>", flags) : badVerb(value, verb, flags);
  if (verb === "T") return pad(cut(typeName(value), flags), flags);
  if (value instanceof Uint8Array) return formatBytes(value, verb, flags, "[]byte");
  return formatInside(value, verb, flags, []);
}

function badVerb(value: unknown, verb: string, flags: Flags, ancestors: readonly unknown[] = []): string {
  if (value === undefined || value === null) return `%!${verb}(<nil>)`;
  return `%!${verb}(${typeName(value)}=${formatInside(value, "v", flags, ancestors)})`;
}

/** `ancestors` are the lists and maps around the value. */
function formatInside(value: unknown, verb: string, flags: Flags, ancestors: readonly unknown[]): string {
  if (value === undefined || value === null) return flags.sharpV ? "interface {}(nil)" : "<nil>";
  if (ancestors.length > maxDepth) throw new LimitError(`the value nests deeper than ${maxDepth}`);
  if (ancestors.includes(value)) throw new LimitError("the value contains itself");
  return checkLength(
    formatScalar(value, verb, flags) ?? formatGroup(value, verb, flags, ancestors) ?? badVerb(value, verb, flags, ancestors),
  );
}

function formatScalar(value: unknown, verb: string, flags: Flags): string | undefined {
  switch (typeof value) {
    case "boolean":
      return verb === "v" || verb === "t" ? pad(String(value), flags) : undefined;
    case "bigint":
      return formatInteger(value, verb, flags, true);
    case "number":
      return formatFloatVerb(value, verb, flags);
    case "string":
      return formatText(value, verb, flags);
    default:
      if (value instanceof Byte) return formatInteger(value.value, verb, flags, false);
      if (value instanceof Complex) return formatComplex(value, verb, flags);
      return kindOf(value) === "opaque" ? formatText(String(value), verb, flags) : undefined;
  }
}

function formatComplex({ real, imaginary }: Complex, verb: string, flags: Flags): string | undefined {
  const first = formatFloatVerb(real, verb, flags);
  return first === undefined ? undefined : `(${first}${formatFloatVerb(imaginary, verb, { ...flags, plus: true }) ?? ""}i)`;
}

function formatText(text: string, verb: string, flags: Flags): string | undefined {
  if (verb === "s" || (verb === "v" && !flags.sharpV)) return pad(cut(text, flags), flags);
  if (verb === "q" || verb === "v") {
    const short = cut(text, flags);
    const isRaw = flags.sharp && fitsBackQuotes(short);
    return pad(isRaw ? `\`${short}\`` : quoteGo(short, '"', flags.plus), flags);
  }
  return verb === "x" || verb === "X" ? formatHex(bytesOf(text), verb, flags) : undefined;
}

function formatHex(bytes: Uint8Array, verb: "x" | "X", flags: Flags): string {
  const prefix = flags.sharp ? `0${verb}` : "";
  const shown = Array.from(bytes.subarray(0, flags.precision ?? bytes.length), (byte) => {
    const digits = byte.toString(16).padStart(2, "0");
    return verb === "X" ? digits.toUpperCase() : digits;
  });
  if (shown.length === 0) return pad("", flags);
  return pad(prefix + shown.join(flags.space ? ` ${prefix}` : ""), flags);
}

function formatBytes(bytes: Uint8Array, verb: string, flags: Flags, type: string): string {
  if (/^[sxXq]$/.test(verb)) return formatText(textOf(bytes), verb, flags) ?? "";
  const shown = Array.from(bytes, (byte) => formatInside(new Byte(byte), verb, flags, []));
  return flags.sharpV ? `${type}{${shown.join(", ")}}` : `[${shown.join(" ")}]`;
}

function formatGroup(value: unknown, verb: string, flags: Flags, ancestors: readonly unknown[]): string | undefined {
  if (verb === "w" || verb === "p") return undefined;
  if (value instanceof Uint8Array) return formatBytes(value, verb, flags, typeName(value));
  const inside = [...ancestors, value];
  if (isList(value)) {
    const items = value.map((item) => formatInside(item, verb, flags, inside));
    return flags.sharpV ? `${typeName(value)}{${items.join(", ")}}` : `[${items.join(" ")}]`;
  }
  if (!isMap(value)) return undefined;
  const entries = sortedEntries(value).map(
    ([key, item]) => `${formatInside(key, verb, flags, inside)}:${formatInside(item, verb, flags, inside)}`,
  );
  return flags.sharpV ? `${typeName(value)}{${entries.join(", ")}}` : `map[${entries.join(" ")}]`;
}

/** The entries of a map in the order Go prints and ranges over them. */
export const sortedEntries = (map: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] =>
  Object.entries(map).sort(([a], [b]) => compareText(a, b));
