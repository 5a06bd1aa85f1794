import { fail } from "../errors.ts";

/** The parts between separators; with a limit of 0 or more the last part keeps the separators beyond it. */
export function splitLimit(text: string, separator: string, limit: number): string[] {
  const parts = splitAll(text, separator, limit);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  return [...parts.slice(0, limit), parts.slice(limit).join(separator)];
}

/** The same from the right: the first part keeps the separators beyond the limit. */
export function splitLimitRight(text: string, separator: string, limit: number): string[] {
  if (limit < 0) return splitAll(text, separator, limit);
  const parts: string[] = [];
  let rest = text;
  while (parts.length < limit) {
    const at = rest.lastIndexOf(separator);
    if (separator === "" || at < 0) break;
    parts.unshift(rest.slice(at + separator.length));
    rest = rest.slice(0, at);
  }
  if (separator === "") return splitAll(text, separator, limit);
  return [rest, ...parts];
}

function splitAll(text: string, separator: string, limit: number): string[] {
  if (separator === "") throw fail("std.splitLimit second parameter should have length 1 or greater, got 0");
  if (limit < -1) throw fail(`std.splitLimit third parameter should be -1 or non-negative, got ${limit}`);
  return text.split(separator);
}
