/** Significant decimal digits without trailing zeros; the decimal point stands before digit number `point` (0-based). */
export interface Digits {
  readonly digits: string;
  readonly point: number;
}

/** A positive finite double as mantissa * 2^exponent; the mantissa of a normal number has 53 bits. */
export function decompose(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const [biased, fraction] = [Number((bits >> 52n) & 0x7ffn), bits & ((1n << 52n) - 1n)];
  return biased === 0 ? { mantissa: fraction, exponent: -1074 } : { mantissa: fraction | (1n << 52n), exponent: biased - 1075 };
}

const trimmed = (digits: string, point: number): Digits => {
  const kept = digits.replace(/0+$/, "");
  return kept === "" ? { digits: "", point: 0 } : { digits: kept, point };
};

/** The fewest digits that read back as the same double. JavaScript and Go choose the same ones. */
export function shortestDigits(value: number): Digits {
  if (value === 0) return { digits: "", point: 0 };
  const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
  return trimmed(mantissa.replace(".", ""), Number(exponent) + 1);
}

/** All digits of the double; `toFixed` is no help, it rounds halves up where Go rounds them to even. */
function exactDigits(value: number): Digits {
  if (value === 0) return { digits: "", point: 0 };
  const { mantissa, exponent } = decompose(value);
  if (exponent >= 0) {
    const digits = (mantissa << BigInt(exponent)).toString();
    return trimmed(digits, digits.length);
  }
  const digits = (mantissa * 5n ** BigInt(-exponent)).toString();
  return trimmed(digits, digits.length + exponent);
}

/** Round the double, halves to even, to so many digits (`size` counts from the first digit, or from the point when `fromPoint`). */
export function roundedDigits(value: number, size: number, fromPoint: boolean): Digits {
  const { digits, point } = exactDigits(value);
  const keep = fromPoint ? point + size : size;
  if (keep >= digits.length) return { digits, point };
  if (keep < 0) return { digits: "", point: 0 };
  const [kept, rest] = [digits.slice(0, keep), digits.slice(keep)];
  const isHalf = rest === "5";
  const isOdd = Number(kept.at(-1) ?? "0") % 2 === 1;
  const up = isHalf ? isOdd : rest >= "5";
  if (!up) return trimmed(kept, point);
  const raised = (BigInt(`0${kept}`) + 1n).toString().padStart(keep, "0");
  return trimmed(raised, point + raised.length - keep);
}
