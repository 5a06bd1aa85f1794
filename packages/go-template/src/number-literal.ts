import { quoteGo } from "./quoting.ts";

const prefixed = /^0[xob]/i;
const misplacedUnderscore = /^_|_$|__|[+-]_|^[\d_.]*(?:_[e.]|[e.]_)/i;

/** A number literal: what it is worth, or the sentence Go says at parse time (`problem`) or at run time (`overflow`). */
type NumberLiteral = { readonly value: bigint | number } | { readonly problem: string } | { readonly overflow: string };

/** Read a number literal. Its notation decides between int and float64, as for Go's untyped constants. */
export function readNumber(text: string): NumberLiteral {
  const unsigned = text.replace(/^[+-]/, "");
  const digits = unsigned.replaceAll("_", "");
  const isNegative = text.startsWith("-");
  const size = Number(digits || "-");
  if (Number.isFinite(size) && !misplacedUnderscore.test(unsigned)) {
    if (!prefixed.test(digits) && /\D/.test(digits)) return { value: isNegative ? -size : size };
    // A 0 in front makes a number octal, so 089 is none; Go calls it too large.
    const octal = digits.replace(/^0(?=\d)/, "0o");
    const integer = BigInt(Number.isNaN(Number(octal)) ? 2n ** 64n : octal);
    const value = isNegative ? -integer : integer;
    if (value === BigInt.asIntN(64, value)) return { value };
    if (unsigned === text && value === BigInt.asUintN(64, value)) return { overflow: `${text} overflows int` };
    return { problem: `integer overflow: ${quoteGo(text)}` };
  }
  return { problem: `illegal number syntax: ${quoteGo(text)}` };
}
