import { fail } from "../errors.ts";
import type { Machine } from "../machine/machine.ts";
import { ObjectValue } from "../machine/object.ts";
import { typeName } from "../machine/type-name.ts";
import type { Value } from "../machine/values.ts";
import { fieldsOf } from "./fields.ts";
import { toText } from "./json.ts";

/** XML of a JsonML value: `[tag, attributes?, children...]`. Texts go in as they are. */
export function manifestXml(value: Value, machine: Machine): string {
  if (!Array.isArray(value)) throw fail(`Expected a JSONML value (an array), got ${typeName(value)}`);
  const [tag, ...rest] = value.map((slot) => machine.force(slot));
  if (typeof tag !== "string") throw fail(`Expected a JSONML tag (a string), got ${typeName(tag)}`);
  const [first] = rest;
  const hasAttributes = first instanceof ObjectValue;
  const attributes = hasAttributes ? fieldsOf(first, machine).map(([name, field]) => ` ${name}="${toText(field, machine)}"`) : [];
  const children = hasAttributes ? rest.slice(1) : rest;
  const inner = children.map((child) => (typeof child === "string" ? child : manifestXml(child, machine)));
  return `<${tag}${attributes.join("")}>${inner.join("")}</${tag}>`;
}
