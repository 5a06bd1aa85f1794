import type { Machine } from "../machine/machine.ts";
import { ObjectValue } from "../machine/object.ts";
import { unexpected } from "../machine/type-name.ts";
import type { Value } from "../machine/values.ts";

/** The visible fields of an object, evaluated, in order. Anything else is an error. */
export function fieldsOf(value: Value, machine: Machine): [name: string, value: Value][] {
  if (!(value instanceof ObjectValue)) throw unexpected(value, "object");
  machine.check(value);
  return value.visibleNames().map((name) => [name, machine.field(value, name)]);
}
