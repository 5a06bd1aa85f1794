import { fail } from "../errors.ts";
import { compareValues } from "../machine/comparison.ts";
import { finite } from "../machine/operators.ts";
import { evaluated, typeName } from "../machine/type-name.ts";
import type { Slot } from "../machine/values.ts";
import { asNumber } from "./arguments.ts";
import { define, type Definition } from "./define.ts";

/** A function of one number whose result must be one, too. */
const lift = (parameter: string, compute: (x: number) => number): Definition => define(parameter, ([x]) => finite(compute(asNumber(x))));
const lift2 = (parameters: string, compute: (x: number, y: number) => number): Definition =>
  define(parameters, ([x, y]) => finite(compute(asNumber(x), asNumber(y))));
const test = (check: (x: number) => boolean): Definition => define("x", ([x]) => check(asNumber(x)));

export const math: Readonly<Record<string, Definition>> = {
  abs: define("n", ([n]) => Math.abs(expectNumber(n, "std.abs"))),
  sign: define("n", ([n]) => Math.sign(expectNumber(n, "std.sign"))),
  max: define("a b", ([a, b]) => Math.max(expectNumber(a, "std.max first param"), expectNumber(b, "std.max second param"))),
  min: define("a b", ([a, b]) => Math.min(expectNumber(a, "std.min first param"), expectNumber(b, "std.min second param"))),
  pow: lift2("x n", (x, n) => x ** n),
  exp: lift("x", Math.exp),
  log: lift("x", Math.log),
  log2: lift("x", Math.log2),
  log10: lift("x", Math.log10),
  floor: lift("x", Math.floor),
  ceil: lift("x", Math.ceil),
  round: lift("x", round),
  sqrt: lift("x", Math.sqrt),
  sin: lift("x", Math.sin),
  cos: lift("x", Math.cos),
  tan: lift("x", Math.tan),
  asin: lift("x", Math.asin),
  acos: lift("x", Math.acos),
  atan: lift("x", Math.atan),
  atan2: lift2("y x", Math.atan2),
  hypot: lift2("a b", Math.hypot),
  deg2rad: lift("x", (x) => (x * Math.PI) / 180),
  rad2deg: lift("x", (x) => (x * 180) / Math.PI),
  exponent: lift("x", (x) => split(x).exponent),
  mantissa: lift("x", (x) => split(x).mantissa),
  isEven: test((x) => Math.trunc(x) % 2 === 0),
  isOdd: test((x) => Math.trunc(x) % 2 !== 0),
  isInteger: test((x) => Math.trunc(x) === x),
  isDecimal: test((x) => Math.trunc(x) !== x),
  clamp: define("x minVal maxVal", ([x, low, high], machine) => {
    const value = evaluated(x);
    if (compareValues(value, evaluated(low), machine) < 0) return low ?? null;
    return compareValues(value, evaluated(high), machine) > 0 ? (high ?? null) : value;
  }),
};

function expectNumber(slot: Slot | undefined, what: string): number {
  if (typeof slot !== "number") throw fail(`${what} expected number, got ${typeName(slot)}`);
  return slot;
}

/** Halves go away from zero. */
function round(x: number): number {
  const whole = Math.trunc(x);
  return Math.abs(x - whole) < 0.5 ? whole : whole + Math.sign(x);
}

/** C's `frexp`: x = mantissa * 2^exponent with a mantissa of 0.5 or more and below 1. */
function split(x: number): { mantissa: number; exponent: number } {
  if (x === 0) return { mantissa: 0, exponent: 0 };
  if (!Number.isFinite(x)) throw fail("Not a number");
  let exponent = Math.max(-1023, Math.floor(Math.log2(Math.abs(x))) + 1);
  // In two steps, because 2^1074 itself is out of range.
  let mantissa = x * 2 ** (-exponent >> 1) * 2 ** (-exponent - (-exponent >> 1));
  for (; Math.abs(mantissa) < 0.5; exponent--) mantissa *= 2;
  for (; Math.abs(mantissa) >= 1; exponent++) mantissa /= 2;
  return { mantissa, exponent };
}
