import { decompose, roundedDigits, shortestDigits } from "./float-digits.ts";
import type { Digits } from "./float-digits.ts";

const signed = (exponent: number, digits: number): string =>
  (exponent < 0 ? "-" : "+") + Math.abs(exponent).toString().padStart(digits, "0");

/** `d.ddde+dd` with `precision` digits after the point. */
function exponential({ digits, point }: Digits, precision: number, letter: string): string {
  const fraction = digits.slice(1, precision + 1).padEnd(precision, "0");
  return `${digits[0] ?? "0"}${precision > 0 ? `.${fraction}` : ""}${letter}${signed(digits === "" ? 0 : point - 1, 2)}`;
}

/** `ddd.ddd` with `precision` digits after the point. */
function fixed({ digits, point }: Digits, precision: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, "0") : "0";
  const fraction = ("0".repeat(Math.max(0, -point)) + digits.slice(Math.max(0, point))).slice(0, precision).padEnd(precision, "0");
  return precision > 0 ? `${whole}.${fraction}` : whole;
}

/** The shorter of the two forms above, by Go's rule; `limit` is the exponent from which the first one is used. */
function general(decimal: Digits, limit: number, letter: string): string {
  const count = decimal.digits.length;
  const exponent = decimal.point - 1;
  if (exponent < -4 || exponent >= limit) return exponential(decimal, Math.max(count - 1, 0), letter);
  return fixed(decimal, Math.max(count - decimal.point, 0));
}

/** `0x1.8p+01`; undefined precision is as many digits as needed. */
function hexadecimal(value: number, precision: number | undefined): string {
  let { mantissa, exponent } = decompose(value);
  if (mantissa === 0n) exponent = -52;
  while (mantissa !== 0n && mantissa < 1n << 52n) {
    mantissa <<= 1n;
    exponent--;
  }
  const drop = precision === undefined || precision >= 13 ? 0n : BigInt(52 - 4 * precision);
  const [rest, half] = [mantissa & ((1n << drop) - 1n), drop > 0n ? 1n << (drop - 1n) : 0n];
  mantissa >>= drop;
  if (drop > 0n && (rest > half || (rest === half && (mantissa & 1n) === 1n))) mantissa++;
  mantissa <<= drop;
  if (mantissa >= 1n << 53n) {
    mantissa >>= 1n;
    exponent++;
  }
  const all = (mantissa & ((1n << 52n) - 1n)).toString(16).padStart(13, "0");
  const fraction = precision === undefined ? all.replace(/0+$/, "") : all.slice(0, precision).padEnd(precision, "0");
  return `0x${mantissa >> 52n}${fraction === "" ? "" : `.${fraction}`}p${signed(exponent + 52, 2)}`;
}

function unsigned(value: number, verb: string, precision: number | undefined): string {
  const lower = verb.toLowerCase();
  if (verb === "b") {
    const { mantissa, exponent } = decompose(value);
    return `${mantissa}p${signed(exponent, 1)}`;
  }
  if (lower === "x") return verb === "X" ? hexadecimal(value, precision).toUpperCase() : hexadecimal(value, precision);
  if (lower === "g" && precision === undefined) return general(shortestDigits(value), 6, verb === "G" ? "E" : "e");
  const size = precision ?? 6;
  if (lower === "e") return exponential(roundedDigits(value, size + 1, false), size, verb);
  if (lower === "f") return fixed(roundedDigits(value, size, true), size);
  const decimal = roundedDigits(value, Math.max(size, 1), false);
  const count = decimal.digits.length;
  const limit = Math.max(size, 1) > count && count >= decimal.point ? count : Math.max(size, 1);
  return general(decimal, limit, verb === "G" ? "E" : "e");
}

/** What `strconv.FormatFloat` gives for verb b, e, E, f, g, G, x or X; undefined precision is the shortest exact form. */
export function formatFloat(value: number, verb: string, precision: number | undefined): string {
  if (Number.isNaN(value)) return "NaN";
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  if (!Number.isFinite(value)) return `${sign || "+"}Inf`;
  return sign + unsigned(Math.abs(value), verb, precision);
}
