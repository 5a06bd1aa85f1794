// This file is loaded on demand, so it imports nothing of ours: a bundler would have to load that on demand, too.
import { parseAllDocuments, type ScalarTag } from "yaml";

/**
 * Reads YAML into data the way the original's library does: YAML 1.1 scalars (`yes`, `on`, `007` is 7) and merge keys, but dates
 * and base-60 numbers stay text, and of equal keys the last wins. A `---` anywhere makes it an array of documents.
 * Throws a plain error for what is no YAML.
 */
export function readYaml(text: string): unknown {
  const documents = [...parseAllDocuments(text, { version: "1.1", merge: true, uniqueKeys: false, customTags: plainTags })];
  const values = documents.map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw new Error(error.message.split("\n", 1)[0]);
    return document.toJS();
  });
  const isStream = values.length > 1 || documents[0]?.directives?.docStart === true;
  return isStream ? values : (values[0] ?? null);
}

function plainTags<T>(tags: readonly T[]): T[] {
  return tags.filter((tag) => !isSpecial(tag));
}

/** Tags whose values have no JSON form, or that the original leaves as text. */
function isSpecial(tag: unknown): boolean {
  if (typeof tag !== "object" || tag === null) return false;
  const { tag: name = "", format }: Partial<ScalarTag> = tag;
  return format === "TIME" || /:(timestamp|binary|omap|pairs|set)$/.test(name);
}
