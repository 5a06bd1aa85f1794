import type { NormalizedSchema } from "@smithy/core/schema";
import { AwsError } from "./aws-error.ts";
import { requiredMembers } from "./required-members.ts";
import { memberPath, missing } from "./violation.ts";

/**
 * Read the fields of a query request (`Tags.member.1.Key=...`) by the input's schema.
 * Fields that belong to no member are refused, as unknown members of JSON bodies are.
 */
export function decodeForm(fields: ReadonlyMap<string, string>, input: NormalizedSchema, violations: string[]): Record<string, unknown> {
  const used = new Set<string>();
  const decoded = decodeStructure({ fields, used, violations }, input, "", "");
  const unknown = [...fields.keys()].find((name) => !used.has(name));
  if (unknown !== undefined)
    throw new AwsError("SerializationException", `Unknown parameter ${JSON.stringify(unknown)} in ${input.getName() ?? "the request"}`);
  return decoded;
}

interface Form {
  readonly fields: ReadonlyMap<string, string>;
  readonly used: Set<string>;
  readonly violations: string[];
}

/** `prefix` is where the structure's fields are found, `path` how messages name it. */
function decodeStructure(form: Form, schema: NormalizedSchema, prefix: string, path: string): Record<string, unknown> {
  const decoded: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const { xmlName } = member.getMergedTraits();
    const key = `${prefix}${xmlName ?? name}`;
    const value = decodeMember(form, member, key, memberPath(path, name));
    if (value !== undefined) decoded[name] = value;
  }
  for (const name of requiredMembers(schema)) {
    if (decoded[name] === undefined) form.violations.push(missing(memberPath(path, name)));
  }
  return decoded;
}

function decodeMember(form: Form, schema: NormalizedSchema, key: string, path: string): unknown {
  if (schema.isListSchema()) return decodeList(form, schema, key, path);
  if (schema.isStructSchema()) return hasFields(form, `${key}.`) ? decodeStructure(form, schema, `${key}.`, path) : undefined;
  const text = form.fields.get(key);
  if (text === undefined) return undefined;
  form.used.add(key);
  return decodeText(text, schema, path);
}

function decodeList(form: Form, schema: NormalizedSchema, key: string, path: string): unknown {
  const { xmlFlattened } = schema.getMergedTraits();
  const { xmlName } = schema.getValueSchema().getMergedTraits();
  const front = xmlFlattened ? key : `${key}.${xmlName ?? "member"}`;
  // An empty list is sent as the bare key.
  if (form.fields.get(key) === "") form.used.add(key);
  const entries: unknown[] = [];
  for (let at = 1; form.fields.has(`${front}.${at}`) || hasFields(form, `${front}.${at}.`); at += 1) {
    entries.push(decodeMember(form, schema.getValueSchema(), `${front}.${at}`, `${path}.${at}.member`));
  }
  return entries.length > 0 || form.used.has(key) ? entries : undefined;
}

const hasFields = ({ fields }: Form, prefix: string): boolean => fields.keys().some((name) => name.startsWith(prefix));

function decodeText(text: string, schema: NormalizedSchema, path: string): unknown {
  const refuse = (wanted: string): never => {
    throw new AwsError("SerializationException", `'${text}' at '${path}' is not ${wanted}`);
  };
  if (schema.isBooleanSchema()) return text === "true" ? true : text === "false" ? false : refuse("a boolean");
  if (schema.isNumericSchema()) return /^-?\d{1,15}$/.test(text) ? Number(text) : refuse("an integer");
  if (schema.isTimestampSchema()) return Number.isNaN(Date.parse(text)) ? refuse("a timestamp") : new Date(text);
  return schema.isBlobSchema() ? new Uint8Array(Buffer.from(text, "base64")) : text;
}
