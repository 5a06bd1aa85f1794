import { fail } from "../errors.ts";
import { compareStrings } from "../strings.ts";
import type { Machine } from "./machine.ts";
import { ObjectValue } from "./object.ts";
import { typeName, unexpected } from "./type-name.ts";
import { Closure, type Slot, type Value } from "./values.ts";
import { Native } from "./native.ts";

/** Negative, 0 or positive. Arrays compare element by element; other types have no order. */
export function compareValues(left: Value, right: Value, machine: Machine): number {
  if (typeof left === "number") {
    if (typeof right !== "number") throw unexpected(right, "number");
    return left - right;
  }
  if (typeof left === "string") {
    if (typeof right !== "string") throw unexpected(right, "string");
    return compareStrings(left, right);
  }
  if (Array.isArray(left)) {
    if (!Array.isArray(right)) throw unexpected(right, "array");
    const length = Math.min(left.length, right.length);
    for (let i = 0; i < length; i++) {
      const difference = compareValues(machine.force(left[i]), machine.force(right[i]), machine);
      if (difference !== 0) return difference;
    }
    return left.length - right.length;
  }
  throw fail(`Unexpected type ${typeName(left)}`);
}

/** The language's `==`: deep, over visible fields, and an error for functions. */
export function equals(left: Value, right: Value, machine: Machine): boolean {
  if (left === right && typeof left !== "object") return true;
  const type = typeName(left);
  if (type !== typeName(right)) return false;
  if (Array.isArray(left) && Array.isArray(right)) return equalArrays(left, right, machine);
  if (left instanceof ObjectValue && right instanceof ObjectValue) return equalObjects(left, right, machine);
  if (left instanceof Closure || left instanceof Native) throw fail("Cannot test equality of functions");
  return left === right;
}

function equalArrays(left: readonly Slot[], right: readonly Slot[], machine: Machine): boolean {
  if (left.length !== right.length) return false;
  return left.every((slot, i) => equals(machine.force(slot), machine.force(right[i]), machine));
}

function equalObjects(left: ObjectValue, right: ObjectValue, machine: Machine): boolean {
  const names = left.visibleNames();
  const others = right.visibleNames();
  if (names.length !== others.length || names.some((name, i) => name !== others[i])) return false;
  // Assertions run when a field is looked at, so objects without any are equal whatever they assert.
  if (names.length === 0) return true;
  machine.check(left);
  machine.check(right);
  return names.every((name) => equals(machine.field(left, name), machine.field(right, name), machine));
}
