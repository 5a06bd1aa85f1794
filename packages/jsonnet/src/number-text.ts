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
  const [mantissa = "", exponent = "0"] = value.toExponential(precision - 1).split("e");
  const power = Number(exponent);
  if (power < -4 || power >= precision) return `${trimZeros(mantissa)}e${padExponent(power)}`;
  return trimZeros(value.toFixed(Math.min(100, precision - 1 - power)));
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
