import { op } from "../compile/op.ts";
import { fail } from "../errors.ts";
import { toText } from "../manifest/json.ts";
import { format } from "../std/format.ts";
import { bitwise } from "./bitwise.ts";
import { compareValues, equals } from "./comparison.ts";
import type { Machine } from "./machine.ts";
import { nothing, ObjectValue } from "./object.ts";
import { typeName, unexpected } from "./type-name.ts";
import type { Slot, Value } from "./values.ts";

/** Applies the binary operator with this number. */
export function operate(instruction: number, left: Value, right: Value, machine: Machine): Slot {
  switch (instruction) {
    case op.add:
      return add(left, right, machine);
    case op.extend:
      return left === nothing ? right : add(left, right, machine);
    case op.subtract:
      return finite(number(left) - number(right));
    case op.multiply:
      return finite(number(left) * number(right));
    case op.divide:
      return divide(left, right);
    case op.modulo:
      return modulo(left, right, machine);
    case op.less:
      return compareValues(left, right, machine) < 0;
    case op.greater:
      return compareValues(left, right, machine) > 0;
    case op.lessOrEqual:
      return compareValues(left, right, machine) <= 0;
    case op.greaterOrEqual:
      return compareValues(left, right, machine) >= 0;
    case op.equal:
      return equals(left, right, machine);
    case op.notEqual:
      return !equals(left, right, machine);
    case op.in:
      return contains(left, right);
    case op.bitAnd:
      return bitwise("&", left, right);
    case op.bitOr:
      return bitwise("|", left, right);
    case op.bitXor:
      return bitwise("^", left, right);
    case op.shiftLeft:
      return bitwise("<<", left, right);
    case op.shiftRight:
      return bitwise(">>", left, right);
    default:
      throw new Error(`no such instruction: ${instruction}`);
  }
}

/** Longest string the language makes, in UTF-16 units: beyond it the host would throw errors of its own. */
export const stringLimit = 500_000_000;
/** Longest array. */
export const arrayLimit = 1 << 26;

function add(left: Value, right: Value, machine: Machine): Value {
  if (typeof left === "string" || typeof right === "string") {
    return joinText(toText(left, machine), toText(right, machine));
  }
  if (typeof left === "number") {
    if (typeof right !== "number") throw unexpected(right, "number");
    return finite(left + right);
  }
  if (Array.isArray(left)) {
    if (!Array.isArray(right)) throw unexpected(right, "array");
    if (left.length + right.length > arrayLimit) throw fail(`Array of more than ${arrayLimit} elements`);
    machine.spend((left.length + right.length) >> 6);
    return left.concat(right);
  }
  if (left instanceof ObjectValue) {
    if (!(right instanceof ObjectValue)) throw unexpected(right, "object");
    machine.spend((left.layers.length + right.layers.length) >> 6);
    return left.extend(right);
  }
  throw fail(`Unexpected type ${typeName(left)}`);
}

export function joinText(left: string, right: string): string {
  if (left.length + right.length > stringLimit) throw fail(`String of more than ${stringLimit} characters`);
  return left + right;
}

/** The result of arithmetic, refused when it left the range of a double. */
export function finite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw fail(Number.isNaN(value) ? "Not a number" : "Overflow");
}

export function number(value: Value): number {
  if (typeof value !== "number") throw unexpected(value, "number");
  return value;
}

function divide(left: Value, right: Value): number {
  const [a, b] = [number(left), number(right)];
  if (b === 0) throw fail("Division by zero.");
  return finite(a / b);
}

export function modulo(left: Value, right: Value, machine: Machine): Slot {
  if (typeof left === "string") return format(left, right, machine);
  if (typeof left !== "number" || typeof right !== "number") {
    throw fail(`Operator % cannot be used on types ${typeName(left)} and ${typeName(right)}.`);
  }
  if (right === 0) throw fail("Division by zero.");
  return finite(left % right);
}

function contains(name: Value, object: Value): boolean {
  if (!(object instanceof ObjectValue)) throw unexpected(object, "object");
  if (typeof name !== "string") throw unexpected(name, "string");
  return object.has(name);
}
