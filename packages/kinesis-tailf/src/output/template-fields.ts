import { didYouMean, usageError } from "@sukima/core";
import type { Template } from "@sukima/go-template";

/** The fields of a value; `any` for one that may have whatever fields. */
type Fields = "any" | { readonly [name: string]: Fields };

const plain: Fields = {};

/** What a template may name. */
const recordFields: Fields = {
  stream: plain,
  shard: plain,
  seq: plain,
  sub: plain,
  key: plain,
  ehk: plain,
  time: plain,
  data: plain,
  decoded: plain,
  kpl: plain,
  tags: plain,
  log: { id: plain, time: plain, group: plain, stream: plain },
  json: "any",
};

/**
 * Throws a usage error for the first field in a template that no record has, with its place and the nearest one that there is.
 * What a dot is inside of `range` and `with`, and what variables hold, is known only when a record is printed; there it is an empty value.
 */
export function checkFields({ uses }: Template): void {
  for (const { name, call, line, column } of uses.fields) {
    const problem = problemOf(name.split("."), recordFields);
    if (problem !== undefined) throw usageError("UNKNOWN_FIELD", `-template: at ${line}:${column}: ${call}: ${problem.text}`, problem.hint);
  }
}

interface Problem {
  readonly text: string;
  readonly hint: string;
}

function problemOf(path: readonly string[], fields: Fields, parent?: string): Problem | undefined {
  const [name, ...rest] = path;
  if (name === undefined || fields === "any") return undefined;
  const known = Object.keys(fields);
  const owner = parent === undefined ? "a record" : `.${parent}`;
  if (known.length === 0) return { text: `${owner} has no fields`, hint: `write .${parent}; fields of a JSON payload are below .json` };
  const next = Object.hasOwn(fields, name) ? fields[name] : undefined;
  const full = parent === undefined ? name : `${parent}.${name}`;
  if (next !== undefined) return problemOf(rest, next, full);
  const guess = didYouMean(name, known, (field) => (parent === undefined ? `.${field}` : `.${parent}.${field}`));
  return { text: `${owner} has no field ${JSON.stringify(name)}${guess}`, hint: `it has ${known.join(", ")}` };
}
