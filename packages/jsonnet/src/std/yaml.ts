import { parseAllDocuments, type Document, type ScalarTag } from "yaml";
import { fail } from "../errors.ts";
import { fromJson } from "../json-value.ts";
import type { Value } from "../machine/values.ts";

/**
 * Reads YAML the way the original's library does: YAML 1.1 scalars (`yes`, `on`, `007` is 7) and merge keys, but dates and
 * base-60 numbers stay text, and of equal keys the last wins. A `---` anywhere makes it an array of documents.
 */
export function parseYaml(text: string): Value {
  const documents: Document[] = [...parseAllDocuments(text, { version: "1.1", merge: true, uniqueKeys: false, customTags: plainTags })];
  const values = documents.map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw fail(`failed to parse YAML: ${error.message.split("\n", 1)[0]}`);
    return fromJson(document.toJS());
  });
  const isStream = values.length > 1 || documents[0]?.directives?.docStart === true;
  return isStream ? values : (values[0] ?? null);
}

function plainTags<T>(tags: readonly T[]): T[] {
  return tags.filter((tag) => !isTime(tag));
}

function isTime(tag: unknown): boolean {
  if (typeof tag !== "object" || tag === null) return tag === "timestamp";
  const { tag: name, format }: Partial<ScalarTag> = tag;
  return name === "tag:yaml.org,2002:timestamp" || format === "TIME";
}
