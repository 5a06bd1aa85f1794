import { fail } from "../errors.ts";
import { joinText, stringLimit } from "../machine/operators.ts";
import { evaluateAll } from "../machine/loops.ts";
import type { Machine } from "../machine/machine.ts";
import { evaluated, typeName } from "../machine/type-name.ts";
import type { Slot } from "../machine/values.ts";
import { quoteJson, toText } from "../manifest/json.ts";
import { countCharacters, listCharacters, sliceCharacters } from "../strings.ts";
import { asArray, asInteger, asNumber, asString } from "./arguments.ts";
import { characterOf, codePointOf } from "./characters.ts";
import { define, type Definition } from "./define.ts";
import { format } from "./format.ts";
import { join } from "./join.ts";
import { splitLimit, splitLimitRight } from "./split.ts";

const xmlEscapes: Readonly<Record<string, string>> = { "<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;", "'": "&apos;" };

export const text: Readonly<Record<string, Definition>> = {
  char: define("n", ([n]) => characterOf(asNumber(n))),
  codepoint: define("str", ([str]) => codePointOf(asString(str))),
  substr: define("str from len", ([str, from, len]) => substring(str, from, len)),
  startsWith: define("a b", ([a, b]) => asString(a).startsWith(asString(b))),
  endsWith: define("a b", ([a, b]) => asString(a).endsWith(asString(b))),
  stripChars: define("str chars", ([str, chars]) => strip(asString(str), charSet(chars), true, true)),
  lstripChars: define("str chars", ([str, chars]) => strip(asString(str), charSet(chars), true, false)),
  rstripChars: define("str chars", ([str, chars]) => strip(asString(str), charSet(chars), false, true)),
  trim: define("str", ([str]) => trim(asString(str))),
  split: define("str c", ([str, c]) => split(str, c)),
  splitLimit: define("str c maxsplits", ([str, c, max]) => splitLimit(asString(str), asString(c), asInteger(max))),
  splitLimitR: define("str c maxsplits", ([str, c, max]) => splitLimitRight(asString(str), asString(c), asInteger(max))),
  strReplace: define("str from to", ([str, from, to]) => {
    if (asString(from) === "") throw fail("'from' string must not be zero length.");
    return asString(str).split(asString(from)).join(asString(to));
  }),
  isEmpty: define("str", ([str]) => asString(str) === ""),
  // Only ASCII letters change, whatever else has cases.
  asciiUpper: define("str", ([str]) => asString(str).replace(/[a-z]+/g, (letters) => letters.toUpperCase())),
  asciiLower: define("str", ([str]) => lower(str)),
  equalsIgnoreCase: define("str1 str2", ([a, b]) => lower(a) === lower(b)),
  stringChars: define("str", ([str]) => listCharacters(asString(str))),
  findSubstr: define("pat str", ([pat, str]) => findSubstring(asString(pat), asString(str))),
  format: define("str vals", ([str, vals], machine) => format(asString(str), evaluated(vals), machine)),
  lines: define("arr", ([arr]) => evaluateAll(asArray(arr), (parts) => join("\n", [...parts, ""]))),
  deepJoin: define("arr", ([arr], machine) => deepJoin(arr, machine)),
  escapeStringJson: define("str_", ([str], machine) => quoteJson(toText(evaluated(str), machine))),
  escapeStringPython: define("str", ([str], machine) => quoteJson(toText(evaluated(str), machine))),
  escapeStringBash: define("str_", ([str], machine) => `'${toText(evaluated(str), machine).replaceAll("'", `'"'"'`)}'`),
  escapeStringDollars: define("str_", ([str], machine) => toText(evaluated(str), machine).replaceAll("$", "$$$$")),
  escapeStringXML: define("str_", ([str], machine) =>
    toText(evaluated(str), machine).replace(/[<>&"']/g, (char) => xmlEscapes[char] ?? char),
  ),
  resolvePath: define("f r", ([f, r]) => asString(f).replace(/[^/]*$/, () => asString(r))),
};

function split(str: Slot | undefined, separator: Slot | undefined): string[] {
  if (typeof str !== "string") throw fail(`std.split first parameter must be a String, got ${typeName(str)}`);
  if (typeof separator !== "string") throw fail(`std.split second parameter must be a String, got ${typeName(separator)}`);
  if (separator === "") throw fail("std.split second parameter must have length 1 or greater, got 0");
  return str.split(separator);
}

function substring(str: Slot | undefined, from: Slot | undefined, len: Slot | undefined): string {
  if (typeof str !== "string") throw fail(`substr first parameter should be a string, got ${typeName(str)}`);
  if (typeof from !== "number") throw fail(`substr second parameter should be a number, got ${typeName(from)}`);
  if (typeof len !== "number") throw fail(`substr third parameter should be a number, got ${typeName(len)}`);
  const [start, count] = [requireInteger(from, "second"), requireInteger(len, "third")];
  if (start < 0) throw fail(`substr second parameter should be greater than zero, got ${start}`);
  if (count < 0) throw fail(`substr third parameter should be greater than zero, got ${count}`);
  return sliceCharacters(str, start, start + count);
}

function requireInteger(value: number, which: string): number {
  if (Number.isInteger(value)) return value;
  throw fail(`substr ${which} parameter should be an integer, got ${value.toFixed(6)}`);
}

function charSet(chars: Slot | undefined): ReadonlySet<Slot> {
  return new Set<Slot>(typeof chars === "string" ? listCharacters(chars) : asArray(chars));
}

function strip(str: string, chars: ReadonlySet<Slot>, left: boolean, right: boolean): string {
  const list = listCharacters(str);
  const isKept = (char: string): boolean => !chars.has(char);
  const from = left ? list.findIndex(isKept) : 0;
  const to = right ? list.findLastIndex(isKept) : list.length - 1;
  return from < 0 ? "" : list.slice(from, to + 1).join("");
}

/** Without blanks as Unicode defines them; JavaScript's `trim` counts U+FEFF and not U+0085. */
function trim(str: string): string {
  const isBlank = (char: string | undefined): boolean => char !== undefined && char !== "\ufeff" && /[\s\u0085]/.test(char);
  let [from, to] = [0, str.length];
  while (isBlank(str[from])) from++;
  while (to > from && isBlank(str[to - 1])) to--;
  return str.slice(from, to);
}

function lower(str: Slot | undefined): string {
  return asString(str).replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Places of a pattern, overlapping ones too, counted in code points. */
function findSubstring(pattern: string, str: string): number[] {
  const places: number[] = [];
  if (pattern === "") return places;
  let counted = 0;
  let points = 0;
  for (let at = str.indexOf(pattern); at >= 0; at = str.indexOf(pattern, at + 1)) {
    points += countCharacters(str.slice(counted, at));
    counted = at;
    places.push(points);
  }
  return places;
}

function deepJoin(slot: Slot | undefined, machine: Machine): string {
  const value = machine.force(slot);
  if (typeof value === "string") return value;
  if (!Array.isArray(value)) throw fail(`Expected string or array, got ${typeName(value)}`);
  return value.reduce<string>((joined, element) => joinText(joined, deepJoin(element, machine)), "");
}

/** A text several times over. */
export function repeatText(str: string, count: number, machine: Machine): string {
  if (str.length * count > stringLimit) throw fail(`String of more than ${stringLimit} characters`);
  machine.spend(str.length * count);
  return str.repeat(count);
}
