import { fail } from "../errors.ts";
import { numberForMessage } from "../number-text.ts";
import { unexpected } from "../machine/type-name.ts";
import { ObjectValue } from "../machine/object.ts";
import { Native } from "../machine/native.ts";
import { Closure, type FunctionValue, type Slot } from "../machine/values.ts";

export function asString(slot: Slot | undefined): string {
  if (typeof slot !== "string") throw unexpected(slot, "string");
  return slot;
}

export function asNumber(slot: Slot | undefined): number {
  if (typeof slot !== "number") throw unexpected(slot, "number");
  return slot;
}

export function asInteger(slot: Slot | undefined): number {
  const value = asNumber(slot);
  if (!Number.isInteger(value)) throw fail(`Expected an integer, but got ${numberForMessage(value)}`);
  return value;
}

export function asBoolean(slot: Slot | undefined): boolean {
  if (typeof slot !== "boolean") throw unexpected(slot, "boolean");
  return slot;
}

export function asArray(slot: Slot | undefined): Slot[] {
  if (!Array.isArray(slot)) throw unexpected(slot, "array");
  return slot;
}

export function asObject(slot: Slot | undefined): ObjectValue {
  if (!(slot instanceof ObjectValue)) throw unexpected(slot, "object");
  return slot;
}

export function asFunction(slot: Slot | undefined): FunctionValue {
  if (!(slot instanceof Closure) && !(slot instanceof Native)) throw unexpected(slot, "function");
  return slot;
}
