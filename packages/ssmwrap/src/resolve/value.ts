import { Secret, ToolError } from "@sukima/core";

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A member as text: strings as they are, anything else as JSON. */
const memberText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

function parseObject(value: Secret, shown: string): Readonly<Record<string, unknown>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value.reveal());
  } catch {
    // The parser's message quotes the text.
  }
  if (!isRecord(parsed)) throw new ToolError("NOT_JSON", `the value of ${shown} is not a JSON object`);
  return parsed;
}

/** One member of a JSON value; undefined when it is not there. Throws `ToolError` NOT_JSON. */
export function pickMember(value: Secret, member: string, shown: string): Secret | undefined {
  const object = parseObject(value, shown);
  return Object.hasOwn(object, member) ? new Secret(memberText(object[member])) : undefined;
}

/** All members of a JSON value. Throws `ToolError` NOT_JSON. */
export const allMembers = (value: Secret, shown: string): [name: string, value: Secret][] =>
  Object.entries(parseObject(value, shown)).map(([name, member]) => [name, new Secret(memberText(member))]);

/** The bytes of a base64 value. Throws `ToolError` NOT_BASE64. */
export function decodeBase64(value: Secret, shown: string): Buffer {
  const text = value.reveal().replace(/\s/g, "");
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/.test(text))
    throw new ToolError("NOT_BASE64", `the value of ${shown} is not base64`);
  return Buffer.from(text, "base64");
}
