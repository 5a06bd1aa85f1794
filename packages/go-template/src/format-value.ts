import { bytesOf, compareText, textOf } from "./byte-text.ts";
import { formatDouble, formatInteger } from "./format-number.ts";
import { Byte, elementsOf, isList, isMap, isNil, toInteger, typeName } from "./go-value.ts";
import { checkLength, maxDepth } from "./limits.ts";
import { cut, pad } from "./padding.ts";
import type { Flags } from "./padding.ts";
import { fitsBackQuotes, hex, quoteGo } from "./quoting.ts";
import { refuse } from "./refusal.ts";

/**
 * One value by one verb, with Go's `%!verb(type=value)` when the verb does not fit. `v` stands for print and println too.
 * `ancestors` are the lists and maps around the value.
 */
export function formatValue(value: unknown, verb = "v", flags: Flags = {}, ancestors: readonly unknown[] = []): string {
  if (isNil(value)) {
    if (ancestors.length > 0) return flags.goSyntax ? "interface {}(nil)" : "<nil>";
    return /[vT]/.test(verb) ? pad("<nil>", flags) : `%!${verb}(<nil>)`;
  }
  if (verb === "T") return pad(cut(typeName(value), flags), flags);
  if (value instanceof Uint8Array && /[sqxX]/.test(verb)) return formatText(textOf(value), verb, flags) ?? "";
  if (ancestors.length > maxDepth) throw new RangeError(`the value nests deeper than ${maxDepth}`);
  if (ancestors.includes(value)) throw new RangeError("the value contains itself");
  const around = [...ancestors, value];
  const inside = (item: unknown): string => formatValue(item, verb, flags, around);
  const items = isList(value)
    ? elementsOf(value).map(inside)
    : isMap(value) && sortedEntries(value).map(([key, item]) => `${inside(key)}:${inside(item)}`);
  if (!items) return formatScalar(value, verb, flags) ?? misfit(value, verb, flags);
  const text = flags.goSyntax ? `${typeName(value)}{${items.join(", ")}}` : `${isMap(value) ? "map" : ""}[${items.join(" ")}]`;
  checkLength(text.length);
  return text;
}

function misfit(value: unknown, verb: string, flags: Flags): string {
  if (/[OUpw]/.test(verb) || (typeof value === "number" && /[bxX]/.test(verb))) {
    refuse(`%${verb} of ${typeName(value)} is not supported`);
  }
  return `%!${verb}(${describeValue(value, flags)})`;
}

/** A value as printf's complaints show it. */
export const describeValue = (value: unknown, flags?: Flags): string =>
  isNil(value) ? "<nil>" : `${typeName(value)}=${formatValue(value, "v", flags)}`;

function formatScalar(value: unknown, verb: string, flags: Flags): string | undefined {
  if (value instanceof Byte && verb === "v" && flags.goSyntax) return formatInteger(value.value, "x", { ...flags, "#": true });
  const integer = toInteger(value);
  if (integer !== undefined) return formatInteger(integer, verb, flags);
  if (typeof value === "number") return formatDouble(value, verb, flags);
  if (typeof value === "boolean") return /[vt]/.test(verb) ? pad(String(value), flags) : undefined;
  return formatText(String(value), verb, flags);
}

function formatText(text: string, verb: string, flags: Flags): string | undefined {
  const short = cut(text, flags);
  if (verb === "s" || (verb === "v" && !flags.goSyntax)) return pad(short, flags);
  if (/[qv]/.test(verb)) return pad(flags["#"] && fitsBackQuotes(short) ? `\`${short}\`` : quoteGo(short, '"', Boolean(flags["+"])), flags);
  if (!/[xX]/.test(verb)) return undefined;
  const prefix = flags["#"] ? "0x" : "";
  const digits = Array.from(bytesOf(text).subarray(0, flags.precision), (byte) => hex(byte, 2)).join(flags[" "] ? ` ${prefix}` : "");
  const shown = digits && prefix + digits;
  return pad(verb === "X" ? shown.toUpperCase() : shown, flags);
}

/** The entries of a map in the order Go prints and ranges over them. */
export const sortedEntries = (map: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] =>
  Object.entries(map).sort(([a], [b]) => compareText(a, b));
