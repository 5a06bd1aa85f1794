import { fail } from "../errors.ts";
import type { Machine } from "../machine/machine.ts";
import { ObjectValue } from "../machine/object.ts";
import type { Slot, Value } from "../machine/values.ts";
import { shortestDecimal } from "../number-text.ts";
import { quoteJson } from "./json.ts";
import { isBareKey } from "./yaml-key.ts";

interface YamlLayout {
  readonly indentsArrays: boolean;
  readonly quotesKeys: boolean;
}

/** One YAML document, without a last newline. */
export function manifestYaml(value: Value, machine: Machine, layout: YamlLayout): string {
  return write(value, machine, layout, "");
}

function write(value: Value, machine: Machine, layout: YamlLayout, indent: string): string {
  if (value === null) return "null";
  switch (typeof value) {
    case "string":
      return writeString(value, indent);
    case "number":
      return shortestDecimal(value);
    case "boolean":
      return String(value);
  }
  if (Array.isArray(value)) return writeArray(value, machine, layout, indent);
  if (value instanceof ObjectValue) return writeObject(value, machine, layout, indent);
  throw fail("Tried to manifest function");
}

function writeString(value: string, indent: string): string {
  if (!value.endsWith("\n")) return quoteJson(value);
  return ["|", ...value.slice(0, -1).split("\n")].join(`\n${indent}  `);
}

function writeArray(value: readonly Slot[], machine: Machine, layout: YamlLayout, indent: string): string {
  if (value.length === 0) return "[]";
  const items = value.map((slot) => {
    const element = machine.force(slot);
    const inner = `${indent}  `;
    if (Array.isArray(element) && element.length > 0) return `-\n${inner}${write(element, machine, layout, inner)}`;
    return `- ${write(element, machine, layout, isFilledObject(element) ? inner : indent)}`;
  });
  return items.join(`\n${indent}`);
}

function writeObject(value: ObjectValue, machine: Machine, layout: YamlLayout, indent: string): string {
  machine.check(value);
  const names = value.visibleNames();
  if (names.length === 0) return "{}";
  const lines = names.map((name) => {
    const field = machine.field(value, name);
    const key = layout.quotesKeys || !isBareKey(name) ? quoteJson(name) : name;
    const isFilledArray = Array.isArray(field) && field.length > 0;
    if (!isFilledArray && !isFilledObject(field)) return `${key}: ${write(field, machine, layout, indent)}`;
    const inner = isFilledArray && !layout.indentsArrays ? indent : `${indent}  `;
    return `${key}:\n${inner}${write(field, machine, layout, inner)}`;
  });
  return lines.join(`\n${indent}`);
}

function isFilledObject(value: Value): boolean {
  return value instanceof ObjectValue && value.visibleNames().length > 0;
}
