import { Complex } from "./go-value.ts";
import { quoteGo } from "./quoting.ts";

const integerForms: readonly (readonly [RegExp, number])[] = [
  [/^0[xX](?:_?[\da-fA-F])+$/, 16],
  [/^0[oO](?:_?[0-7])+$/, 8],
  [/^0[bB](?:_?[01])+$/, 2],
  [/^0(?:_?[0-7])*$/, 8],
  [/^[1-9](?:_?\d)*$/, 10],
];
const decimalFloat = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?$/;
const hexFloat = /^([+-]?)0[xX]_?((?:[\da-fA-F]_?)*)(?:\.((?:[\da-fA-F]_?)*))?[pP]([+-]?\d+)$/;

/** An integer in one of Go's notations, sign included. */
function readInteger(text: string): bigint | undefined {
  const digits = text.replace(/^[+-]/, "");
  const base = integerForms.find(([form]) => form.test(digits))?.[1];
  if (base === undefined) return undefined;
  const plain = digits.replaceAll("_", "");
  const prefix = base === 16 ? "0x" : base === 2 ? "0b" : base === 8 ? "0o" : "";
  const value = BigInt(prefix + (base === 10 ? plain : plain.replace(/^0[xXoObB]?/, "0")));
  return text.startsWith("-") ? -value : value;
}

function readHexFloat(match: RegExpExecArray): number | undefined {
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  const [high, low] = [whole.replaceAll("_", ""), fraction.replaceAll("_", "")];
  if (high + low === "") return undefined;
  // In two steps, because the power alone may be smaller than the smallest double.
  const power = Number(exponent) - 4 * low.length;
  const half = Math.trunc(power / 2);
  const value = Number(BigInt(`0x${high}${low}`)) * 2 ** half * 2 ** (power - half);
  return sign === "-" ? -value : value;
}

/** A floating-point number as `strconv.ParseFloat` reads it; undefined for wrong syntax and for overflow. */
function readFloat(text: string): number | undefined {
  const match = hexFloat.exec(text);
  const value = match ? readHexFloat(match) : decimalFloat.test(text) ? Number(text.replaceAll("_", "")) : undefined;
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

/** The value of a literal such as `1+2i`, or undefined. */
export function readComplex(text: string): Complex | undefined {
  const split = /^([+-]?[^+-]+(?:[eEpP][+-]\d+)?)([+-].*)i$/.exec(text);
  const real = readFloat(split?.[1] ?? "");
  const imaginary = readFloat(split?.[2] ?? "");
  return real === undefined || imaginary === undefined ? undefined : new Complex(real, imaginary);
}

/** A number literal: what it is worth, or the sentence Go says at parse time (`problem`) or at run time (`overflow`). */
type NumberLiteral = { readonly value: bigint | number | Complex } | { readonly problem: string } | { readonly overflow: string };

/** Read a number literal. Its notation decides between int and float64, as for Go's untyped constants. */
export function readNumber(text: string): NumberLiteral {
  const imaginary = text.endsWith("i") ? readFloat(text.slice(0, -1)) : undefined;
  if (imaginary !== undefined) return { value: new Complex(0, imaginary) };
  const integer = readInteger(text);
  const float = readFloat(text);
  if (integer !== undefined && integer === BigInt.asIntN(64, integer)) return { value: integer };
  if (integer !== undefined && integer === BigInt.asUintN(64, integer) && !/^[+-]/.test(text)) {
    return { overflow: `${text} overflows int` };
  }
  if (float === undefined) return { problem: `illegal number syntax: ${quoteGo(text)}` };
  return /[.eEpP]/.test(text) ? { value: float } : { problem: `integer overflow: ${quoteGo(text)}` };
}
