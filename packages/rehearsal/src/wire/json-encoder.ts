import type { NormalizedSchema } from "@smithy/core/schema";

/**
 * Make the JSON of an answer by the output's schema: no absent or null members, times in epoch seconds, bytes in base64.
 * A member outside the model is our bug, so it throws instead of reaching a client.
 */
export function encodeJson(value: unknown, schema: NormalizedSchema): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map((entry) => encodeJson(entry, schema.getValueSchema()));
  if (typeof value !== "object" || value === null) return value;
  const members = schema.isMapSchema() ? undefined : new Map(schema.structIterator());
  const encoded: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(value)) {
    const member = members === undefined ? schema.getValueSchema() : members.get(name);
    if (member === undefined) throw new TypeError(`${name} is not a member of ${schema.getName() ?? "the answer"}`);
    if (entry !== undefined && entry !== null) encoded[name] = encodeJson(entry, member);
  }
  return encoded;
}
