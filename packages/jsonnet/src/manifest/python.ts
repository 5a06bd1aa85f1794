import { fail } from "../errors.ts";
import type { Machine } from "../machine/machine.ts";
import { ObjectValue } from "../machine/object.ts";
import type { Value } from "../machine/values.ts";
import { numberToText } from "../number-text.ts";
import { fieldsOf } from "./fields.ts";
import { quoteJson } from "./json.ts";

/** A Python literal. */
export function manifestPython(value: Value, machine: Machine): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return quoteJson(value);
  if (typeof value === "number") return numberToText(value);
  if (Array.isArray(value)) return `[${value.map((slot) => manifestPython(machine.force(slot), machine)).join(", ")}]`;
  if (!(value instanceof ObjectValue)) throw fail("cannot manifest function");
  const fields = fieldsOf(value, machine).map(([name, field]) => `${quoteJson(name)}: ${manifestPython(field, machine)}`);
  return `{${fields.join(", ")}}`;
}

/** Python assignments, one for each field. */
export function manifestPythonVars(value: Value, machine: Machine): string {
  return fieldsOf(value, machine)
    .map(([name, field]) => `${name} = ${manifestPython(field, machine)}\n`)
    .join("");
}
