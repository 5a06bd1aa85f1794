import { usageError } from "@sukima/core";
import { layouts, type Reading } from "./layouts.ts";

const compiled = layouts.map(({ source, read }) => ({
  whole: new RegExp(`^(?:${source})$`, "i"),
  beginning: new RegExp(`^(?:${source})`, "i"),
  read,
}));

const forms = "examples: 2026-11-23T10:00:00+09:00, 2026-11-23 10:00, 10:00, 5m, yesterday 09:30, 1763892000";

/** What the text says by the first layout that fits all of it. Throws a usage error that shows what is left over after the longest beginning that can be read. */
export function matchLayout(text: string, flag: string): Reading {
  for (const { whole, read } of compiled) {
    const match = whole.exec(text);
    if (match === null) continue;
    const { half, hour } = match.groups ?? {};
    if (half !== undefined && (Number(hour) < 1 || Number(hour) > 12)) {
      throw usageError(
        "BAD_TIME",
        `${flag} ${JSON.stringify(text)}: ${hour} does not go with ${half.toLowerCase()}m`,
        "hours run from 1 to 12 with am and pm",
      );
    }
    return read(match.groups ?? {});
  }
  const longest = Math.max(...compiled.map(({ beginning }) => beginning.exec(text)?.[0].length ?? 0));
  const shown = JSON.stringify(text.slice(0, longest).trimEnd());
  const rest = JSON.stringify(text.slice(longest).trimStart());
  if (longest === 0) throw usageError("BAD_TIME", `${flag}: ${rest} is not a time`, forms);
  throw usageError("BAD_TIME", `${flag}: only ${shown} can be read, ${rest} is left over`, forms);
}
