import { fail } from "../errors.ts";
import { numberForMessage } from "../number-text.ts";
import { typeName, unexpected } from "../machine/type-name.ts";
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

/** The original counts in 32 bits. */
export function asInteger(slot: Slot | undefined): number {
  const value = asNumber(slot);
  if (value !== (value | 0)) throw fail(`Expected an integer, but got ${numberForMessage(value)}`);
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

/** Like {@link asFunction}, with the words of the functions that name their parameters. */
export function expectFunction(slot: Slot | undefined, what: string): FunctionValue {
  if (typeName(slot) !== "function") throw fail(`${what} must be function, got ${typeName(slot)}`);
  return asFunction(slot);
}
