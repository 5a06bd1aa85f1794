import { finite } from "../machine/operators.ts";

/** What the flags of a code ask of a number's sign and point. */
interface NumberStyle {
  readonly blank: boolean;
  readonly plus: boolean;
  /** `#` */
  readonly alternate: boolean;
}

/** A whole number of zero or more in a base, at least `digits` long, and at least `width` with its sign. */
export function renderInteger(
  isNegative: boolean,
  magnitude: number,
  width: number,
  digits: number,
  style: NumberStyle,
  radix: number,
  prefix = "",
): string {
  const sign = isNegative ? "-" : style.plus ? "+" : style.blank ? " " : "";
  const body = magnitude === 0 ? "0" : prefix + digitsOf(magnitude, radix);
  return sign + body.padStart(Math.max(width - sign.length, digits), "0");
}

/** `%x`: the prefix stands before the padding, unlike octal's. */
export function renderHex(value: number, width: number, digits: number, style: NumberStyle, isUpper: boolean): string {
  const sign = value < 0 ? "-" : style.plus ? "+" : style.blank ? " " : "";
  const prefix = style.alternate ? "0x" : "";
  const body = value === 0 ? "0" : digitsOf(Math.abs(value), 16);
  const text = prefix + body.padStart(Math.max(width - sign.length - prefix.length, digits), "0");
  return sign + (isUpper ? text.toUpperCase() : text);
}

/** `%f`. `keepsZeros` is false for `%g`, which drops them after the point. */
export function renderFixed(value: number, width: number, style: NumberStyle, keepsZeros: boolean, precision: number): string {
  // Rounding as the original does it: to a whole number of 1/10^precision, so that it carries into the whole part.
  const denominator = 10 ** precision;
  const numerator = value === 0 ? 0 : finite(Math.abs(value) * denominator + 0.5);
  const whole = Math.floor(numerator / denominator);
  const fraction = Math.floor(numerator) % denominator;
  const pointSize = precision === 0 && !style.alternate ? 0 : 1;
  const text = renderInteger(value < 0, whole, width - precision - pointSize, 0, style, 10);
  if (precision === 0) return style.alternate ? `${text}.` : text;
  if (!keepsZeros && fraction === 0) return text;
  const digits = renderInteger(false, fraction, precision, 0, plain, 10);
  return `${text}.${keepsZeros ? digits : digits.replace(/0+$/, "")}`;
}

/** `%e`. */
export function renderExponent(
  value: number,
  width: number,
  style: NumberStyle,
  keepsZeros: boolean,
  isUpper: boolean,
  precision: number,
): string {
  const exponent = exponentOf(value);
  const suffix = (isUpper ? "E" : "e") + renderInteger(exponent < 0, Math.abs(exponent), 3, 0, { ...plain, plus: true }, 10);
  // 10^-324 is 0 in doubles, so the smallest exponent takes a detour.
  const mantissa = exponent === -324 ? (value * 10) / 10 ** (exponent + 1) : value / 10 ** exponent;
  return renderFixed(mantissa, width - suffix.length, style, keepsZeros, precision) + suffix;
}

/** `%g`: the shorter of the two above. */
export function renderShort(value: number, width: number, style: NumberStyle, isUpper: boolean, precision: number): string {
  const exponent = exponentOf(value);
  if (exponent < -4 || exponent >= precision) return renderExponent(value, width, style, style.alternate, isUpper, precision - 1);
  return renderFixed(value, width, style, style.alternate, precision - Math.max(1, exponent + 1));
}

const plain: NumberStyle = { blank: false, plus: false, alternate: false };

function exponentOf(value: number): number {
  return value === 0 ? 0 : Math.floor(Math.log(Math.abs(value)) / Math.log(10));
}

// Digit by digit in doubles as the original does it: beyond 2^53 the digits differ from the exact ones.
function digitsOf(magnitude: number, radix: number): string {
  let digits = "";
  for (let rest = magnitude; rest > 0; rest = Math.floor(rest / radix)) digits = (rest % radix).toString(radix) + digits;
  return digits;
}
