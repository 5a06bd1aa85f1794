import type { NormalizedSchema } from "@smithy/core/schema";
import { AwsError } from "./aws-error.ts";
import { requiredMembers } from "./required-members.ts";
import { memberPath, missing } from "./violation.ts";

const refuse = (message: string): never => {
  throw new AwsError("SerializationException", message);
};

/** The name that AWS's JSON reader gives to the token it met. */
function tokenOf(value: unknown): string {
  if (typeof value === "string") return "STRING_VALUE";
  if (typeof value === "number") return Number.isInteger(value) ? "NUMBER_VALUE" : "DECIMAL_VALUE";
  if (typeof value === "boolean") return value ? "TRUE_VALUE" : "FALSE_VALUE";
  if (value === null) return "NULL_VALUE";
  return Array.isArray(value) ? "START_ARRAY" : "START_OBJECT";
}

const mismatch = (value: unknown, wanted: string): never =>
  typeof value === "object" && value !== null
    ? refuse("Start of structure or map found where not expected.")
    : refuse(`${tokenOf(value)} cannot be converted to ${wanted}`);

/**
 * Read a parsed JSON body by the input's schema. Violations of required members go into `violations`, since AWS reports them together with broken bounds.
 * Unknown members and wrong types throw a SerializationException; real services ignore unknown members, but here they are always a mistake worth hearing of.
 */
export function decodeJson(value: unknown, schema: NormalizedSchema, path: string, violations: string[]): unknown {
  if (schema.isStructSchema()) return decodeStructure(value, schema, path, violations);
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) return refuse("Expected list or null");
    return value.map((entry, at) => decodeJson(entry, schema.getValueSchema(), `${path}.${at + 1}.member`, violations));
  }
  if (schema.isMapSchema()) {
    if (!isObject(value)) return refuse("Expected map or null");
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => {
        const inner = `${path}.${key}`;
        if (entry !== null) return [key, decodeJson(entry, schema.getValueSchema(), inner, violations)];
        // How AWS refuses a null in a map is a guess.
        violations.push(missing(inner));
        return [key, null];
      }),
    );
  }
  return decodeScalar(value, schema);
}

function decodeScalar(value: unknown, schema: NormalizedSchema): unknown {
  if (schema.isBooleanSchema()) return typeof value === "boolean" ? value : mismatch(value, "Boolean");
  // The schemas do not tell whole from fractional numbers; every number that the played services read is whole.
  if (schema.isNumericSchema()) return typeof value === "number" && Number.isInteger(value) ? value : mismatch(value, "Integer");
  if (schema.isTimestampSchema()) {
    const time = new Date(typeof value === "number" ? value * 1000 : Number.NaN);
    return Number.isNaN(time.getTime()) ? mismatch(value, "Timestamp") : time;
  }
  if (typeof value !== "string") return mismatch(value, "String");
  if (!schema.isBlobSchema()) return value;
  // One pass without groups: a pattern of groups of four overflows the stack on records of 10 MiB.
  const isBase64 = value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
  return isBase64 ? new Uint8Array(Buffer.from(value, "base64")) : refuse("Invalid base64 encoding in a blob");
}

function decodeStructure(value: unknown, schema: NormalizedSchema, path: string, violations: string[]): Record<string, unknown> {
  if (!isObject(value))
    return Array.isArray(value)
      ? refuse("Unrecognized collection type class")
      : refuse(`Expected structure or null, found ${tokenOf(value)}`);
  const members = new Map(schema.structIterator());
  const decoded: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(value)) {
    const member = members.get(name);
    if (member === undefined) return refuse(`Unknown member ${JSON.stringify(name)} in ${schema.getName() ?? "the request"}`);
    if (entry !== null) decoded[name] = decodeJson(entry, member, memberPath(path, name), violations);
  }
  for (const name of requiredMembers(schema)) {
    if (decoded[name] === undefined) violations.push(missing(memberPath(path, name)));
  }
  return decoded;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
