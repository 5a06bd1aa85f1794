import { compareText } from "./byte-text.ts";
import { noFlags } from "./format-flags.ts";
import { formatValue } from "./format-value.ts";
import { Complex, kindOf, toInteger, typeName } from "./go-value.ts";
import type { Kind } from "./go-value.ts";

const basic: ReadonlySet<Kind> = new Set<Kind>(["bool", "complex", "int", "float", "string", "uint"]);
const isNil = (value: unknown): boolean => value === undefined || value === null;

/** Go's `eq`: true if the first operand equals one of the others. Integers of any type compare, an int and a float do not. */
export function isEqual(first: unknown, others: readonly unknown[]): boolean {
  if (others.length === 0) throw new Error("missing argument for comparison");
  return others.some((other) => isSame(first, other));
}

function isSame(left: unknown, right: unknown): boolean {
  const [a, b] = [kindOf(left), kindOf(right)];
  const [m, n] = [toInteger(left), toInteger(right)];
  if (m !== undefined && n !== undefined) return m === n;
  if (a === b && left instanceof Complex && right instanceof Complex) {
    return left.real === right.real && left.imaginary === right.imaginary;
  }
  if (a === b && basic.has(a)) return left === right;
  if (isNil(left) || isNil(right)) return isNil(left) && isNil(right);
  if (basic.has(a) || basic.has(b)) throw incompatible(left, right);
  const show = (value: unknown, verb: "s" | "v"): string => formatValue(value, verb, noFlags());
  if (a === b) throw new Error(`non-comparable type ${show(right, "s")}: ${typeName(right)}`);
  throw new Error(`non-comparable types ${show(left, "s")}: ${typeName(left)}, ${typeName(right)}: ${show(right, "v")}`);
}

const incompatible = (left: unknown, right: unknown): Error =>
  new Error(`incompatible types for comparison: ${typeName(left)} and ${typeName(right)}`);

/** Go's `lt`: numbers of one family, or strings by their bytes. */
export function isLess(left: unknown, right: unknown): boolean {
  if (!basic.has(kindOf(left)) || !basic.has(kindOf(right))) throw new Error("invalid type for comparison");
  const [m, n] = [toInteger(left), toInteger(right)];
  if (m !== undefined && n !== undefined) return m < n;
  if (kindOf(left) !== kindOf(right)) throw incompatible(left, right);
  if (typeof left === "string" && typeof right === "string") return compareText(left, right) < 0;
  if (typeof left === "number" && typeof right === "number") return left < right;
  throw new Error("invalid type for comparison");
}

/** Go's `le`, which is `lt` or `eq`: false for NaN. */
export const isLessOrEqual = (left: unknown, right: unknown): boolean => isLess(left, right) || isEqual(left, [right]);
