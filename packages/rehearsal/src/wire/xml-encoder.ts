import type { NormalizedSchema } from "@smithy/core/schema";

/** Make the XML inside of an element by the output's schema: no absent members, times in ISO 8601 without fraction, bytes in base64. */
export function encodeXml(value: unknown, schema: NormalizedSchema): string {
  if (value instanceof Date) return value.toISOString().replace(/\.000Z$/, "Z");
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) {
    const name = nameOf(schema.getValueSchema(), "member");
    return value.map((entry) => `<${name}>${encodeXml(entry, schema.getValueSchema())}</${name}>`).join("");
  }
  if (typeof value !== "object" || value === null) return escapeXml(String(value));
  const members = new Map(schema.structIterator());
  return Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .map(([key, entry]) => {
      const member = members.get(key);
      if (member === undefined) throw new TypeError(`${key} is not a member of ${schema.getName() ?? "the answer"}`);
      const name = nameOf(member, key);
      return `<${name}>${encodeXml(entry, member)}</${name}>`;
    })
    .join("");
}

/** An element's name is the member's own, unless the model renames it. */
function nameOf(schema: NormalizedSchema, name: string): string {
  const { xmlName } = schema.getMergedTraits();
  return typeof xmlName === "string" ? xmlName : name;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#xD;" };

/** What is no character of XML 1.0 ("2.2 Characters"), not even as a reference; half of a surrogate pair is among it. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

export const escapeXml = (text: string): string =>
  text.replaceAll(FORBIDDEN, "\uFFFD").replaceAll(/[&<>"\r]/g, (character) => ENTITIES[character] ?? character);
