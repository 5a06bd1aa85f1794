import type { Json } from "./json-value.ts";
import { numberToText } from "./number-text.ts";
import { quoteJson } from "./manifest/json.ts";
import { keywords } from "./syntax/token.ts";

/**
 * Writes data as Jsonnet in the formatter's default style: two blanks a level, single quotes, trailing commas,
 * field names without quotes where they can be. Fields keep their order. No last newline.
 */
export function formatValue(value: Json): string {
  return write(value, "\n");
}

function write(value: Json, lineBreak: string): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return numberToText(value);
  if (typeof value === "string") return quote(value);
  const inner = `${lineBreak}  `;
  if (isList(value)) {
    return value.length === 0 ? "[]" : `[${value.map((element) => `${inner}${write(element, inner)},`).join("")}${lineBreak}]`;
  }
  const fields = Object.entries(value).map(([name, field]) => `${inner}${fieldName(name)}: ${write(field, inner)},`);
  return fields.length === 0 ? "{}" : `{${fields.join("")}${lineBreak}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function fieldName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !keywords.has(name) ? name : quote(name);
}

/** Single quotes, unless the text has those and no double ones. */
function quote(text: string): string {
  const json = quoteJson(text);
  if (text.includes("'") && !text.includes('"')) return json;
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
