// Elementary functions to the last digit of the original, which prints 17 of them. Hosts differ there: the standard leaves it open.
// Sources: S. L. Moshier's Cephes library for the trigonometric ones, N. Shibata's SLEEF paper (ISC 2010) for `exp`.

/** Above this the argument takes more than the three-part reduction; the host's functions are used instead. */
const reductionLimit = 2 ** 29;

/** Horner's rule, highest power first. */
function polynomial(x: number, coefficients: readonly number[]): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}

/** The distance of a positive angle to the nearest even eighth of a turn below or above, and which eighth that is. */
function reduce(angle: number): { octant: number; rest: number } {
  let octant = Math.floor(angle * (4 / Math.PI));
  octant += octant % 2;
  // Pi/4 in three parts, so that the products are exact.
  const rest = angle - octant * 0.7853981256484985 - octant * 3.774894707930798e-8 - octant * 2.6951514290790595e-15;
  return { octant: octant % 8, rest };
}

const sineTerms = [
  1.5896230157654656e-10, -2.5050747762857807e-8, 2.7557313621385722e-6, -0.0001984126982958954, 0.008333333333322118, -0.1666666666666663,
];
const cosineTerms = [
  -1.1358536521387682e-11, 2.087570084197473e-9, -2.755731417929674e-7, 2.4801587288851704e-5, -0.0013888888888873056, 0.041666666666666595,
];

function sineOf(rest: number): number {
  const square = rest * rest;
  return rest + rest * square * polynomial(square, sineTerms);
}

function cosineOf(rest: number): number {
  const square = rest * rest;
  return 1 - 0.5 * square + square * square * polynomial(square, cosineTerms);
}

export function sin(x: number): number {
  if (x === 0 || Math.abs(x) >= reductionLimit) return Math.sin(x);
  const { octant, rest } = reduce(Math.abs(x));
  const value = octant % 4 === 2 ? cosineOf(rest) : sineOf(rest);
  return x < 0 !== octant > 3 ? -value : value;
}

export function cos(x: number): number {
  if (Math.abs(x) >= reductionLimit) return Math.cos(x);
  const { octant, rest } = reduce(Math.abs(x));
  const value = octant % 4 === 2 ? sineOf(rest) : cosineOf(rest);
  return octant === 2 || octant === 4 ? -value : value;
}

export function tan(x: number): number {
  if (x === 0 || Math.abs(x) >= reductionLimit) return Math.tan(x);
  const { octant, rest } = reduce(Math.abs(x));
  const square = rest * rest;
  let value = rest;
  if (square > 1e-14) {
    const above = polynomial(square, [-13093.693918138373, 1153516.6483858742, -17956525.197648488]);
    const below = polynomial(square, [1, 13681.296347069296, -1320892.3444021097, 25008380.18233579, -53869575.592945464]);
    value = rest + rest * ((square * above) / below);
  }
  if (octant % 4 === 2) value = -1 / value;
  return x < 0 ? -value : value;
}

function smallArcTangent(x: number): number {
  const square = x * x;
  const above = polynomial(square, [-0.8750608600031904, -16.157537187333652, -75.00855792314705, -122.88666844901361, -64.85021904942025]);
  const below = polynomial(square, [1, 24.858464901423062, 165.02700983169885, 432.88106049129027, 485.3903996359137, 194.5506571482614]);
  return x * ((square * above) / below) + x;
}

export function atan(x: number): number {
  if (x === 0) return x;
  const size = Math.abs(x);
  // What Pi/2 has beyond a double.
  const rest = 6.123233995736766e-17;
  let value: number;
  if (size <= 0.66) value = smallArcTangent(size);
  else if (size > 2.414213562373095) value = Math.PI / 2 - smallArcTangent(1 / size) + rest;
  else value = Math.PI / 4 + smallArcTangent((size - 1) / (size + 1)) + 0.5 * rest;
  return x < 0 ? -value : value;
}

export function atan2(y: number, x: number): number {
  if (x === 0 || y === 0) return Math.atan2(y, x);
  const angle = atan(y / x);
  if (x > 0) return angle;
  return angle <= 0 ? angle + Math.PI : angle - Math.PI;
}

export function asin(x: number): number {
  if (x === 0 || Math.abs(x) > 1) return Math.asin(x);
  const size = Math.abs(x);
  const other = Math.sqrt(1 - size * size);
  const value = size > 0.7 ? Math.PI / 2 - atan(other / size) : atan(size / other);
  return x < 0 ? -value : value;
}

export function acos(x: number): number {
  return Math.PI / 2 - asin(x);
}

export function exp(x: number): number {
  if (x === 0 || !(x > -708 && x < 709.78)) return Math.exp(x);
  const power = roundToEven(x * Math.LOG2E);
  const upper = fusedMultiplyAdd(-power, 0.693147180559663, x);
  const part = fusedMultiplyAdd(-power, 2.8235290563031577e-13, upper) / 16;
  // e^part - 1 by its series, then four times e^(2a) - 1 = (e^a - 1) (e^a - 1 + 2), the last one with the 1 added.
  let sum = 2.48015873015873e-5;
  for (const term of [0.0001984126984126984, 0.001388888888888889, 0.008333333333333333, 0.041666666666666664, 1 / 6, 0.5, 1]) {
    sum = fusedMultiplyAdd(sum, part, term);
  }
  let grown = sum * part;
  for (let doubling = 0; doubling < 3; doubling++) grown *= grown + 2;
  return scale(fusedMultiplyAdd(grown, grown + 2, 1), power);
}

export function pow(x: number, y: number): number {
  const [size, host] = [Math.abs(y), x ** y];
  if (x === 0 || x === 1 || y === 0 || y === 1 || size > Number.MAX_SAFE_INTEGER || Number.isNaN(host)) return host;
  if (size === 0.5) return y > 0 ? Math.sqrt(x) : 1 / Math.sqrt(x);
  let whole = Math.trunc(size);
  let fraction = size - whole;
  if (fraction > 0.5) {
    fraction--;
    whole++;
  }
  let result = fraction === 0 ? 1 : exp(fraction * Math.log(x));
  let power = 0;
  // The whole part by squaring, mantissa and exponent apart.
  let { mantissa, exponent } = splitNumber(x);
  for (; whole > 0; whole = Math.floor(whole / 2)) {
    if (Math.abs(exponent) > 4096) {
      power += exponent;
      break;
    }
    if (whole % 2 === 1) {
      result *= mantissa;
      power += exponent;
    }
    mantissa *= mantissa;
    exponent *= 2;
    if (mantissa < 0.5) {
      mantissa *= 2;
      exponent--;
    }
  }
  return y < 0 ? scale(1 / result, -power) : scale(result, power);
}

/** C's `frexp`: x = mantissa * 2^exponent with a mantissa of 0.5 or more and below 1. */
export function splitNumber(x: number): { mantissa: number; exponent: number } {
  if (x === 0) return { mantissa: x, exponent: 0 };
  let exponent = Math.max(-1023, Math.floor(Math.log2(Math.abs(x))) + 1);
  let mantissa = scale(x, -exponent);
  for (; Math.abs(mantissa) < 0.5; exponent--) mantissa *= 2;
  for (; Math.abs(mantissa) >= 1; exponent++) mantissa /= 2;
  return { mantissa, exponent };
}

/** x * 2^power, in steps, because the power itself may be out of range. */
function scale(x: number, power: number): number {
  if (power > 3000) return x * Number.POSITIVE_INFINITY;
  if (power < -3000) return x < 0 ? -0 : 0;
  if (Math.abs(power) <= 1000) return x * 2 ** power;
  return scale(x * 2 ** (Math.sign(power) * 1000), power - Math.sign(power) * 1000);
}

function roundToEven(x: number): number {
  const below = Math.floor(x);
  if (x - below === 0.5) return below % 2 === 0 ? below : below + 1;
  return Math.round(x);
}

/** a * b + c, rounded once, by T. J. Dekker's exact product and D. Knuth's exact sum. */
function fusedMultiplyAdd(a: number, b: number, c: number): number {
  const product = a * b;
  const [aHigh, bHigh] = [upperHalf(a), upperHalf(b)];
  const [aLow, bLow] = [a - aHigh, b - bHigh];
  const lost = aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
  const sum = product + c;
  const part = sum - product;
  return sum + (product - (sum - part) + (c - part) + lost);
}

function upperHalf(x: number): number {
  const wide = x * 134217729;
  return wide - (wide - x);
}
