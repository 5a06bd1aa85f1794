import { formatFloat } from "./float-format.ts";
import { pad } from "./format-flags.ts";
import type { Flags } from "./format-flags.ts";
import { isPrintable, quoteGo } from "./quoting.ts";

const bases: Readonly<Record<string, number>> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };

/** The character with this code; what is none becomes U+FFFD, as in Go. */
function charOf(code: bigint): string {
  const isChar = code >= 0n && code <= 0x10_ffffn && (code < 0xd800n || code > 0xdfffn);
  return isChar ? String.fromCodePoint(Number(code)) : "\ufffd";
}

function formatUnicode(value: bigint, flags: Flags): string {
  const code = BigInt.asUintN(64, value);
  const char = flags.sharp && code <= 0x10_ffffn ? String.fromCodePoint(Number(code)) : "";
  const digits = code
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(4, flags.precision ?? 0), "0");
  return pad(`U+${digits}${char !== "" && isPrintable(char) ? ` '${char}'` : ""}`, { ...flags, zero: false });
}

function integerPrefix(digits: string, base: number, verb: string, flags: Flags): string {
  if (verb === "O") return flags.sharp && !digits.startsWith("0") ? "0o0" : "0o";
  if (!flags.sharp || base === 10) return "";
  if (base === 8) return digits.startsWith("0") ? "" : "0";
  return base === 2 ? "0b" : verb === "X" ? "0X" : "0x";
}

function formatDigits(value: bigint, base: number, verb: string, flags: Flags): string {
  if (flags.precision === 0 && value === 0n) return " ".repeat(flags.width ?? 0);
  const sign = value < 0n ? "-" : flags.plus ? "+" : flags.space ? " " : "";
  const isZeroFilled = flags.precision === undefined && flags.zero && !flags.minus && flags.width !== undefined;
  const count = isZeroFilled ? (flags.width ?? 0) - sign.length : (flags.precision ?? 0);
  const plain = (value < 0n ? -value : value).toString(base);
  const digits = (verb === "X" ? plain.toUpperCase() : plain).padStart(count, "0");
  return pad(sign + integerPrefix(digits, base, verb, flags) + digits, { ...flags, zero: false });
}

/** An integer by its verb; undefined if the verb is none for integers. */
export function formatInteger(value: bigint, verb: string, flags: Flags, isSigned: boolean): string | undefined {
  switch (verb) {
    case "c":
      return pad(charOf(value), flags);
    case "q":
      return pad(quoteGo(charOf(value), "'", flags.plus), flags);
    case "U":
      return formatUnicode(value, flags);
    case "v":
      return flags.sharpV && !isSigned ? formatDigits(value, 16, "x", { ...flags, sharp: true }) : formatDigits(value, 10, verb, flags);
    default: {
      const base = bases[verb];
      return base === undefined ? undefined : formatDigits(value, base, verb, flags);
    }
  }
}

/** Keep the point and the trailing zeros that `#` asks for. */
function sharpen(number: string, verb: string, precision: number | undefined): string {
  const isHex = verb === "x" || verb === "X";
  const tailAt = number.search(isHex ? /[pP]/ : /[eE]/);
  const [head, tail] = tailAt < 0 ? [number, ""] : [number.slice(0, tailAt), number.slice(tailAt)];
  // Go counts the "0" and the "x" of a hexadecimal prefix like any other character: the zero is not significant, the rest is.
  const significant = head.replace(/^[+-]/, "").replace(".", "").replace(/^0+/, "").length;
  const isZero = /^[+-]?0$/.test(head);
  const wanted = /^[gGx]$/.test(verb) ? (precision ?? 6) : 0;
  const missing = Math.max(0, wanted - significant - (isZero ? 1 : 0));
  return head + (head.includes(".") ? "" : ".") + "0".repeat(missing) + tail;
}

/** A floating-point number by its verb; undefined if the verb is none for floats. */
export function formatFloatVerb(value: number, verb: string, flags: Flags): string | undefined {
  if (!/^[vbgGxXfFeE]$/.test(verb)) return undefined;
  const plainVerb = verb === "v" ? "g" : verb === "F" ? "f" : verb;
  const precision = flags.precision ?? (/^[feE]$/.test(plainVerb) ? 6 : undefined);
  const number = formatFloat(value, plainVerb, precision);
  if (Number.isNaN(value)) return pad((flags.plus ? "+" : flags.space ? " " : "") + number, { ...flags, zero: false });
  const isNegative = number.startsWith("-");
  const sign = isNegative ? "-" : flags.plus ? "+" : flags.space ? " " : "";
  const bare = number.replace(/^[+-]/, "");
  if (!Number.isFinite(value)) return pad((sign || "+") + bare, { ...flags, zero: false });
  const digits = flags.sharp && plainVerb !== "b" ? sharpen(bare, plainVerb, precision) : bare;
  if (sign !== "" && flags.zero && !flags.minus && flags.width !== undefined) {
    return sign + pad(digits, { ...flags, width: flags.width - sign.length });
  }
  return pad(sign + digits, flags);
}
