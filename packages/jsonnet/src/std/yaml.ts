// This file is loaded on demand, so it imports nothing of ours: a bundler would have to load that on demand, too.
import { type Document, isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Scalar, type ScalarTag, type YAMLMap } from "yaml";

/** Nodes that aliases may repeat before the text counts as a bomb. */
const aliasLimit = 1_000_000;

/**
 * Reads YAML into data the way the original's library does: YAML 1.1 scalars (`yes`, `on`, `007` is 7) and merge keys, but dates
 * and base-60 numbers stay text, and of equal keys the last wins. A line `---` makes it an array of documents, each of which
 * ends at `...`. Throws a plain error for what is no YAML or has no JSON form.
 */
export function readYaml(text: string): unknown {
  // Every document is read for itself, so what stands before the first `---` is one, too, even a comment.
  const documents = text.split(/(?<=\n)(?=---(?:\s|$))/);
  const values = documents.map(readDocument);
  return documents.length > 1 || /^---(?:\s|$)/.test(text) ? values : values[0];
}

function readDocument(text: string): unknown {
  const options = { version: "1.1", merge: true, uniqueKeys: false, strict: false, customTags: plainTags } as const;
  const [document] = [...parseAllDocuments(text, options)];
  if (document === undefined) return null;
  const [error] = document.errors;
  if (error !== undefined) throw new Error(error.message.split("\n", 1)[0]);
  return new Converter(document).convert(document.contents);
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

/** Turns the nodes of one document into data. */
class Converter {
  readonly #document: Document.Parsed;
  /** Aliases being resolved. */
  readonly #open = new Set<unknown>();
  #repeated = 0;

  constructor(document: Document.Parsed) {
    this.#document = document;
  }

  convert(node: unknown): unknown {
    if (this.#open.size > 0 && ++this.#repeated > aliasLimit) throw new Error("document contains excessive aliasing");
    if (isScalar(node)) return scalarValue(node);
    if (isSeq(node)) return node.items.map((item) => this.convert(item));
    if (isMap(node)) return Object.fromEntries(this.#fields(node));
    if (!isAlias(node)) return null;
    const target = node.resolve(this.#document);
    if (target === undefined) throw new Error(`unknown anchor '${node.source}' referenced`);
    if (this.#open.has(target)) throw new Error(`anchor '${node.source}' value contains itself`);
    this.#open.add(target);
    const value = this.convert(target);
    this.#open.delete(target);
    return value;
  }

  // The original lets a merge override what stands before it.
  #fields(map: YAMLMap): Map<string, unknown> {
    const fields = new Map<string, unknown>();
    for (const { key, value } of map.items) {
      if (isMergeKey(key)) for (const [name, field] of this.#merged(value)) fields.set(name, field);
      else fields.set(this.#keyText(key), this.convert(value));
    }
    return fields;
  }

  /** The fields that a `<<` brings, those of the first source last, because it wins. */
  #merged(source: unknown): [string, unknown][] {
    const value = this.convert(source);
    const sources: unknown[] = Array.isArray(value) ? value.toReversed() : [value];
    return sources.flatMap((object) => {
      if (typeof object !== "object" || object === null || Array.isArray(object)) {
        throw new Error("map merge requires map or sequence of maps as the value");
      }
      return Object.entries(object);
    });
  }

  #keyText(key: unknown): string {
    const value = this.convert(key);
    if (value === null || typeof value === "object") throw new Error(`invalid map key: ${JSON.stringify(value)}`);
    return String(value);
  }
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.source === "<<" && key.type === "PLAIN";
}

function scalarValue(node: Scalar): unknown {
  const { value, source = "" } = node;
  const type = /^tag:yaml\.org,2002:(.*)$/.exec(node.tag ?? "")?.[1];
  if (type === "binary") return decodeBinary(source);
  const mayBeNumber = typeof value === "string" && node.type === "PLAIN" && type !== "str";
  const resolved = mayBeNumber ? plainNumber(source, type === "float") : value;
  if (typeof resolved === "string" && (type === "int" || type === "float" || type === "bool" || type === "null")) {
    throw new Error(`cannot decode !!str \`${source}\` as a !!${type}`);
  }
  if (typeof resolved !== "number") return resolved;
  // The reader also takes a lonely point and what is too large for a double for numbers.
  if (!Number.isFinite(resolved) && !/[an]/i.test(source)) return source;
  return Object.is(resolved, -0) && !source.includes(".") ? 0 : resolved;
}

/** Whole numbers with a base prefix in forms that only the original reads (and all others `asFloat`), or the text. */
function plainNumber(source: string, asFloat: boolean): number | string {
  const pattern = asFloat ? /^([-+]?)(0(?:o[0-7]+|x[0-9a-f]+|b[01]+)|[0-9]+)$/i : /^([-+]?)(0(?:o[0-7]+|x[0-9a-f]+|b[01]+))$/i;
  const [, sign, digits] = pattern.exec(source.replaceAll("_", "")) ?? [];
  if (digits === undefined) return source;
  return sign === "-" ? -Number(digits) : Number(digits);
}

function decodeBinary(source: string): string {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(source)) {
    throw new Error("!!binary value contains invalid base64 data");
  }
  return Buffer.from(source, "base64").toString();
}
