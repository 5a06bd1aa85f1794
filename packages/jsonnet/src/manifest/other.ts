import { fail } from "../errors.ts";
import type { Machine } from "../machine/machine.ts";
import { ObjectValue } from "../machine/object.ts";
import { typeName } from "../machine/type-name.ts";
import type { Value } from "../machine/values.ts";
import { quoteJson, toText } from "./json.ts";

/** INI: the lines of `main`, then a section for each field of `sections`. An array gives a line for each element. */
export function manifestIni(ini: ObjectValue, machine: Machine): string {
  machine.check(ini);
  const lines = ini.has("main") && ini.isVisible("main") ? iniLines(machine.field(ini, "main"), machine) : [];
  const sections = machine.field(ini, "sections");
  for (const name of namesOf(sections, machine)) lines.push(`[${name}]`, ...iniLines(fieldOf(sections, name, machine), machine));
  return lines.map((line) => `${line}\n`).join("");
}

function iniLines(body: Value, machine: Machine): string[] {
  return namesOf(body, machine).flatMap((name) => {
    const value = fieldOf(body, name, machine);
    const values = Array.isArray(value) ? value.map((slot) => machine.force(slot)) : [value];
    return values.map((one) => `${name} = ${toText(one, machine)}`);
  });
}

/** A Python literal. */
export function manifestPython(value: Value, machine: Machine): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return quoteJson(value);
  if (typeof value === "number") return toText(value, machine);
  if (Array.isArray(value)) return `[${value.map((slot) => manifestPython(machine.force(slot), machine)).join(", ")}]`;
  if (!(value instanceof ObjectValue)) throw fail("cannot manifest function");
  const fields = namesOf(value, machine).map((name) => `${quoteJson(name)}: ${manifestPython(machine.field(value, name), machine)}`);
  return `{${fields.join(", ")}}`;
}

/** Python assignments, one for each field. */
export function manifestPythonVars(value: ObjectValue, machine: Machine): string {
  return namesOf(value, machine)
    .map((name) => `${name} = ${manifestPython(machine.field(value, name), machine)}\n`)
    .join("");
}

/** XML of a JsonML value: `[tag, attributes?, children...]`. Texts go in as they are. */
export function manifestXml(value: Value, machine: Machine): string {
  if (!Array.isArray(value)) throw fail(`Expected a JSONML value (an array), got ${typeName(value)}`);
  const [tag, ...rest] = value.map((slot) => machine.force(slot));
  if (typeof tag !== "string") throw fail(`Expected a JSONML tag (a string), got ${typeName(tag)}`);
  const [first] = rest;
  const attributes =
    first instanceof ObjectValue ? namesOf(first, machine).map((name) => ` ${name}="${toText(machine.field(first, name), machine)}"`) : [];
  const children = first instanceof ObjectValue ? rest.slice(1) : rest;
  const inner = children.map((child) => (typeof child === "string" ? child : manifestXml(child, machine)));
  return `<${tag}${attributes.join("")}>${inner.join("")}</${tag}>`;
}

function namesOf(value: Value, machine: Machine): readonly string[] {
  if (!(value instanceof ObjectValue)) throw fail(`Unexpected type ${typeName(value)}, expected object`);
  machine.check(value);
  return value.visibleNames();
}

function fieldOf(value: Value, name: string, machine: Machine): Value {
  if (!(value instanceof ObjectValue)) throw fail(`Unexpected type ${typeName(value)}, expected object`);
  return machine.field(value, name);
}
