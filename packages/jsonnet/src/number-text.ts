/** A number as the language prints it: whole ones in full, others with 17 significant digits. */
export function numberToText(value: number): string {
  if (Number.isInteger(value)) {
    if (Number.isSafeInteger(value)) return Object.is(value, -0) ? "-0" : String(value);
    return BigInt(value).toString();
  }
  return shorten(value, 17);
}

/** C's `%.<precision>g` of a number: the shorter of plain and exponent notation, without trailing zeros. */
function shorten(value: number, precision: number): string {
  const [mantissa = "", exponent = "0"] = roundedToEven(value, precision).split("e");
  const power = Number(exponent);
  if (power < -4 || power >= precision) return `${trimZeros(mantissa)}e${padExponent(power)}`;
  return trimZeros(placePoint(mantissa, power));
}

/** `toExponential` with C's rounding: of two candidates equally near the even one, where JavaScript takes the larger. */
function roundedToEven(value: number, precision: number): string {
  const rounded = value.toExponential(precision - 1);
  const [longer = "", exponent] = value.toExponential(precision).split("e");
  if (!longer.endsWith("5") || !/[02468]$/.test(longer.slice(0, -1))) return rounded;
  // A tie ends right after the 5: no double has more digits than these.
  // oxlint-disable-next-line number-arg-out-of-range -- since ES2018 the limit is 100, not 20
  const isTie = /^50*e/.test(value.toExponential(100).slice(longer.length - 1));
  return isTie ? `${longer.slice(0, -1)}e${exponent}` : rounded;
}

/** The shortest digits that read back as the number, never with an exponent. */
export function shortestDecimal(value: number): string {
  if (Object.is(value, -0)) return "-0";
  const [digits = "", exponent] = String(value).split("e");
  return exponent === undefined ? digits : placePoint(digits, Number(exponent));
}

/** The digits with their point moved by a power of ten. */
function placePoint(digits: string, power: number): string {
  const [sign, whole = "", fraction = ""] = [digits.startsWith("-") ? "-" : "", ...digits.replace("-", "").split(".")];
  const all = whole + fraction;
  const point = whole.length + power;
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${all}`;
  return point >= all.length ? sign + all.padEnd(point, "0") : `${sign}${all.slice(0, point)}.${all.slice(point)}`;
}

/** A number as the original's messages show it: the shortest digits, with an exponent beyond six places. */
export function numberForMessage(value: number): string {
  const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
  const power = Number(exponent);
  return power < -4 || power >= 6 ? `${mantissa}e${padExponent(power)}` : String(value);
}

/** `+05` becomes `+05`, `-7` becomes `-07`: a sign and at least two digits, as C prints exponents. */
function padExponent(power: number): string {
  return `${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

function trimZeros(digits: string): string {
  return digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
}
