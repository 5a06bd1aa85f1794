import { fail } from "./errors.ts";
import type { Machine } from "./machine/machine.ts";
import { makeObject, ObjectValue } from "./machine/object.ts";
import type { Value } from "./machine/values.ts";

/** Data as JSON has it, in JavaScript's own values. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** The value of parsed JSON or YAML. Anything without a JSON form (undefined, functions, NaN, ...) is an error. */
export function fromJson(json: unknown): Value {
  if (json === null || typeof json === "boolean") return json;
  if (typeof json === "string") return json.isWellFormed() ? json : json.toWellFormed();
  if (typeof json === "number" && Number.isFinite(json)) return json;
  if (Array.isArray(json)) return json.map(fromJson);
  if (typeof json !== "object") throw fail(`no value of the language: ${String(json)}`);
  return makeObject(Object.entries(json).map(([name, field]) => [name, fromJson(field)] as const));
}

/** The evaluated value as data. Functions are an error. */
export function toJson(value: Value, machine: Machine): Json {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((slot) => toJson(machine.force(slot), machine));
  if (!(value instanceof ObjectValue)) throw fail("couldn't manifest function as JSON");
  machine.check(value);
  // Without a prototype, so that a field named __proto__ is a field.
  const json: Record<string, Json> = Object.create(null);
  for (const name of value.visibleNames()) json[name] = toJson(machine.field(value, name), machine);
  return json;
}
