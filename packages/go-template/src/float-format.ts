/** The digits of value * 10^scale, halves rounded to even; `toFixed` is no help, it rounds them up. */
function scaledDigits(value: number, scale: number): string {
  // A double has no more than 1074 decimal places, the rest is zeros.
  const places = BigInt(Math.min(Math.abs(scale), 1074));
  let [whole, halvings] = [value, 0n];
  for (; !Number.isInteger(whole); halvings++) whole *= 2;
  const top = BigInt(whole) * (scale > 0 ? 10n ** places : 1n);
  const bottom = 2n ** halvings * (scale < 0 ? 10n ** places : 1n);
  const [digits, rest] = [top / bottom, 2n * (top % bottom)];
  const rounded = digits + (rest > bottom || (rest === bottom && digits % 2n > 0n) ? 1n : 0n);
  return String(rounded) + "0".repeat(Math.max(0, scale - 1074));
}

/** So many significant digits and the exponent of the first one; by default the fewest that read back as the same double. */
function significantDigits(value: number, count?: number): readonly [string, number] {
  // The engine's own digits are exact up to 100, so this exponent is the one before rounding.
  const [shortest = "", tail = ""] = value.toExponential(count && 100).split("e");
  const exponent = Number(tail);
  if (!count) return [shortest.replace(".", ""), exponent];
  const digits = scaledDigits(value, count - 1 - exponent);
  return [digits.slice(0, count).padEnd(count, "0"), exponent + (digits.length > count ? 1 : 0)];
}

const withPoint = (whole: string, fraction: string, isSharp: boolean): string => whole + (fraction || isSharp ? "." : "") + fraction;

const exponential = (digits: string, exponent: number, letter: string, isSharp: boolean): string =>
  `${withPoint(digits.slice(0, 1), digits.slice(1), isSharp)}${letter}${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;

/** The shorter of the two forms, by Go's rule. `isSharp` keeps the point and the zeros at the end. */
function general(value: number, precision: number | undefined, letter: string, isSharp: boolean): string {
  const size = precision === undefined ? undefined : precision || 1;
  const [found, exponent] = significantDigits(value, size);
  const trimmed = found.replace(/0+$/, "") || "0";
  const digits = isSharp ? trimmed.padEnd(precision ?? 6, "0") : trimmed;
  const limit = size === undefined ? 6 : size > trimmed.length && trimmed.length > exponent ? trimmed.length : size;
  if (exponent < -4 || exponent >= limit) return exponential(digits, exponent, letter, isSharp);
  const padded = digits.padStart(digits.length - exponent, "0").padEnd(exponent + 1, "0");
  const point = Math.max(exponent, 0) + 1;
  return withPoint(padded.slice(0, point), padded.slice(point), isSharp);
}

/** What Go prints for a positive finite double and verb e, E, f, F, g, G or v; undefined for other verbs. */
export function formatFloat(value: number, verb: string, precision: number | undefined, isSharp: boolean): string | undefined {
  const places = precision ?? 6;
  switch (verb) {
    case "v":
    case "g":
      return general(value, precision, "e", isSharp);
    case "G":
      return general(value, precision, "E", isSharp);
    case "e":
    case "E":
      return exponential(...significantDigits(value, places + 1), verb, isSharp);
    case "f":
    case "F": {
      const digits = scaledDigits(value, places).padStart(places + 1, "0");
      const point = digits.length - places;
      return withPoint(digits.slice(0, point), digits.slice(point), isSharp);
    }
    default:
      return undefined;
  }
}
