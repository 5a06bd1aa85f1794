import { exactNumber, parseJson } from "../exact-json.ts";

/** A number as a template shows it: whole ones are ints, so that 1700000000 is not printed as 1.7e+09 and equals the literal 1700000000. */
function numberOf(value: number, source: string | undefined): number | bigint {
  const exact = exactNumber(value, source);
  return typeof exact === "number" && Number.isSafeInteger(exact) ? BigInt(exact) : exact;
}

/** A payload that was read as JSON, whole numbers as bigint; undefined for one that is no JSON. */
export const parsePayload = (text: string): unknown => parseJson(text, numberOf);

/** A value of a template as JSON on one line. What is not there is null. */
export function printJson(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return `[${value.map(printJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${printJson(member)}`).join(",")}}`;
}
