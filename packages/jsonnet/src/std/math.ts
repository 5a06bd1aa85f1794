import { fail } from "../errors.ts";
import { compareValues } from "../machine/comparison.ts";
import { finite } from "../machine/operators.ts";
import { evaluated, typeName } from "../machine/type-name.ts";
import type { Slot } from "../machine/values.ts";
import { asNumber } from "./arguments.ts";
import { acos, asin, atan, atan2, cos, exp, pow, sin, splitNumber, tan } from "./elementary.ts";
import { define, type Definition } from "./define.ts";

/** A function of one number whose result must be one, too. */
const lift = (parameter: string, compute: (x: number) => number): Definition => define(parameter, ([x]) => finite(compute(asNumber(x))));
const lift2 = (parameters: string, compute: (x: number, y: number) => number): Definition =>
  define(parameters, ([x, y]) => finite(compute(asNumber(x), asNumber(y))));
const test = (check: (x: number) => boolean): Definition => define("x", ([x]) => check(asNumber(x)));

export const math: Readonly<Record<string, Definition>> = {
  // With the original's signs of zero: abs(0) is -0, and of 0 and -0 max and min take the second.
  abs: define("n", ([n]) => {
    const value = expectNumber(n, "std.abs");
    return value > 0 ? value : -value;
  }),
  sign: define("n", ([n]) => Math.sign(expectNumber(n, "std.sign")) + 0),
  max: define("a b", ([a, b]) => {
    const [left, right] = [expectNumber(a, "std.max first param"), expectNumber(b, "std.max second param")];
    return left > right ? left : right;
  }),
  min: define("a b", ([a, b]) => {
    const [left, right] = [expectNumber(a, "std.min first param"), expectNumber(b, "std.min second param")];
    return left < right ? left : right;
  }),
  pow: lift2("x n", pow),
  exp: lift("x", exp),
  log: lift("x", Math.log),
  log2: lift("x", (x) => Math.log(x) / Math.LN2),
  log10: lift("x", (x) => Math.log(x) / Math.LN10),
  floor: lift("x", Math.floor),
  ceil: lift("x", Math.ceil),
  round: lift("x", round),
  sqrt: lift("x", Math.sqrt),
  sin: lift("x", sin),
  cos: lift("x", cos),
  tan: lift("x", tan),
  asin: lift("x", asin),
  acos: lift("x", acos),
  atan: lift("x", atan),
  atan2: lift2("y x", atan2),
  hypot: lift2("x y", Math.hypot),
  deg2rad: lift("x", (x) => (x * Math.PI) / 180),
  rad2deg: lift("x", (x) => (x * 180) / Math.PI),
  exponent: lift("x", (x) => splitNumber(x).exponent),
  mantissa: lift("x", (x) => splitNumber(x).mantissa),
  isEven: test((x) => Math.trunc(x) % 2 === 0),
  isOdd: test((x) => Math.trunc(x) % 2 !== 0),
  isInteger: test((x) => Math.trunc(x) === x),
  isDecimal: test((x) => Math.trunc(x) !== x),
  clamp: define("x minVal ~maxVal", ([x, low, high], machine) => {
    const value = evaluated(x);
    if (compareValues(value, evaluated(low), machine) < 0) return low ?? null;
    return compareValues(value, machine.force(high), machine) > 0 ? (high ?? null) : value;
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
