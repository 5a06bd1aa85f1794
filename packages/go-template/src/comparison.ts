import { compareText } from "./byte-text.ts";
import { formatValue } from "./format-value.ts";
import { basicKind, isNil, toInteger, typeName } from "./go-value.ts";
import { refuse } from "./refusal.ts";

function refuseTypes(left: unknown, right: unknown): never {
  refuse(`incompatible types for comparison: ${typeName(left)} and ${typeName(right)}`);
}

/** Go's `eq` of two values: integers of any type compare, an int and a float do not. */
export function isEqual(left: unknown, right: unknown): boolean {
  const [a, b] = [basicKind(left), basicKind(right)];
  if (a && a === b) return (toInteger(left) ?? left) === (toInteger(right) ?? right);
  if (isNil(left) || isNil(right)) return isNil(left) && isNil(right);
  if (a || b) refuseTypes(left, right);
  const [type, otherType] = [typeName(left), typeName(right)];
  const shown = `${formatValue(left, "s")}: ${type}`;
  refuse(type === otherType ? `non-comparable type ${shown}` : `non-comparable types ${shown}, ${otherType}: ${formatValue(right)}`);
}

/** Go's `lt`: numbers of one family, or strings by their bytes. */
export function isLess(left: unknown, right: unknown): boolean {
  const kind = basicKind(left);
  const other = basicKind(right);
  if (kind && other && kind !== other) refuseTypes(left, right);
  if (typeof left === "string" && typeof right === "string") return compareText(left, right) < 0;
  if (typeof left === "number" && typeof right === "number") return left < right;
  const [m, n] = [toInteger(left), toInteger(right)];
  if (m === undefined || n === undefined) refuse("invalid type for comparison");
  return m < n;
}
