import type { Bounds } from "./bounds.ts";

/** One broken limit, worded as AWS's common validator words it. */
export const violation = (value: unknown, path: string, rule: string, bounds: Bounds = {}): string =>
  `Value ${bounds.isSensitive === true ? "" : `${quote(value, bounds)} `}at '${path}' failed to satisfy constraint: ${rule}`;

/** The violation of a required member that is absent. */
export const missing = (path: string): string => violation(undefined, path, "Member must not be null");

/** Service messages name members in lower camel case, whatever the wire says. */
const messageName = (member: string): string => member.charAt(0).toLowerCase() + member.slice(1);

/** How messages name a member of a structure; the path of the whole input is empty. */
export const memberPath = (path: string, member: string): string => (path === "" ? messageName(member) : `${path}.${messageName(member)}`);

const quote = (value: unknown, bounds: Bounds): string => (value === undefined ? "null" : `'${show(value, bounds)}'`);

/**
 * A value as messages repeat it. Source of lists, maps and bytes: mhart/kinesalite, validations/index.js.
 * That structures look like maps is a guess: where that file shows one, it is the name of a Java class with a hash.
 */
function show(value: unknown, { each = {}, members = {}, values = {}, isSensitive }: Bounds): string {
  if (isSensitive === true && !(value instanceof Uint8Array)) return "***";
  if (typeof value !== "object" || value === null || value instanceof Date) return String(value);
  if (value instanceof Uint8Array) return `java.nio.HeapByteBuffer[pos=0 lim=${value.byteLength} cap=${value.byteLength}]`;
  if (Array.isArray(value)) return `[${value.map((entry) => show(entry, each)).join(", ")}]`;
  return `{${Object.entries(value)
    .map(([name, inner]) => `${name}=${show(inner, members[name] ?? values)}`)
    .join(", ")}}`;
}
