import { fail } from "../errors.ts";
import { ObjectValue } from "./object.ts";
import { Thunk, type Slot, type Value } from "./values.ts";

/** The language's name for what a value is. */
export function typeName(value: Slot | undefined): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (value instanceof ObjectValue) return "object";
  if (value instanceof Thunk) return "thunk";
  return typeof value === "object" ? "function" : typeof value;
}

/** What is on the stack where the machine needs a value. Anything else is a mistake of the compiler. */
export function evaluated(slot: Slot | undefined): Value {
  if (slot === undefined || slot instanceof Thunk) throw new Error("the stack holds no value here");
  return slot;
}

export function unexpected(value: Slot | undefined, expected: string): Error {
  return fail(`Unexpected type ${typeName(value)}, expected ${expected}`);
}
