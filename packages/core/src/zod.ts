import type * as z from "zod";
import { ToolError } from "./error.ts";
import { didYouMean } from "./nearest.ts";

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

/** Where a value was read from. */
export interface FileSource {
  /** The file as the user named it. */
  readonly file: string;
  /** The line (from 1) where a key or its value stands, if it stands there. */
  locate?(path: Path): number | undefined;
}

/**
 * The value of a file's text, by a schema. Each thing that is wrong becomes a sentence: `app.yml:3: service.tasks: expected a whole number, got "two"`.
 * A message that the schema gives itself is used; when it begins with `expected`, the value found is added.
 * Throws `ToolError` BAD_FILE (exit 2) with all of them.
 */
export function parseFile<S extends z.ZodType>(schema: S, value: unknown, source: FileSource): z.output<S> {
  const result = schema.safeParse(value, { error: sentence, reportInput: true });
  if (result.success) return result.data;
  const [first = "", ...more] = result.error.issues
    .flatMap((issue) => complaints(issue, []))
    .map(({ path, text }) => `${placeOf(path, source)}: ${text}`);
  throw new ToolError("BAD_FILE", first, { exit: 2, more, showUsage: false });
}

/** `app.yml:3: service.tasks`; what is missing is looked for where it should stand. */
function placeOf(path: Path, { file, locate }: FileSource): string {
  const keys = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  let line: number | undefined;
  for (let end = path.length; end >= 0 && line === undefined; end--) line = locate?.(path.slice(0, end));
  return [line === undefined ? file : `${file}:${line}`, keys.replace(/^\./, "")].filter((part) => part !== "").join(": ");
}

/** One thing that is wrong, at a place in the value. */
interface Complaint {
  readonly path: Path;
  readonly text: string;
}

function complaints(issue: Issue, above: Path): Complaint[] {
  const path = [...above, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    // `sentence` gives a line for each key; a schema's own message is one for all.
    const lines = issue.message.split("\n");
    return issue.keys.map((key, at) => ({ path: [...path, key], text: lines[at] ?? issue.message }));
  }
  if (issue.code === "invalid_key") return issue.issues.flatMap((inner) => complaints({ ...inner, path: [] }, path));
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const meant = issue.errors.filter(reachesInside).sort((a, b) => a.length - b.length)[0];
    if (meant !== undefined) return meant.flatMap((inner) => complaints(inner, path));
    const wanted = new Set(issue.errors.flat().map(({ message }) => message.replace(/^expected /, "")));
    return [{ path, text: `expected ${[...wanted].join(" or ")}, ${found(issue.input)}` }];
  }
  return [{ path, text: issue.message.startsWith("expected ") ? `${issue.message}, ${found(valueOf(issue))}` : issue.message }];
}

/** Whether a branch of a union fits the kind of value, so that it is the one that was meant: an object with a wrong member, not "expected text". */
const reachesInside = (issues: readonly Issue[]): boolean =>
  issues.some(({ path, code }) => path.length > 0 || code === "unrecognized_keys");

function valueOf(issue: Issue): unknown {
  const { input } = issue;
  if (issue.code !== "invalid_union" || issue.discriminator === undefined || typeof input !== "object" || input === null) return input;
  return Object.entries(input).find(([key]) => key === issue.discriminator)?.[1];
}

function found(value: unknown): string {
  if (value === undefined) return "but it is missing";
  if (value === null) return "got nothing";
  if (Array.isArray(value)) return value.length === 0 ? "got an empty list" : "got a list";
  if (typeof value === "object") return "got a mapping";
  const text = JSON.stringify(value) ?? String(value);
  return `got ${text.length > 60 ? `${text.slice(0, 59)}...` : text}`;
}

const kinds: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "a mapping",
  record: "a mapping",
  null: "nothing",
  nonoptional: "a value",
};

const units: Readonly<Record<string, readonly [one: string, many: string]>> = {
  string: ["character", "characters"],
  array: ["item", "items"],
  set: ["item", "items"],
  map: ["key", "keys"],
};

/** `at least 1 character`, `less than 5`. */
function bound(origin: string, limit: number | bigint, words: string): string {
  const unit = units[origin];
  return unit === undefined ? `a number of ${words} ${limit}` : `${words} ${limit} ${Number(limit) === 1 ? unit[0] : unit[1]}`;
}

const listed = (values: readonly unknown[]): string =>
  values.length > 1 ? `one of ${values.map(String).join(", ")}` : JSON.stringify(values[0]);

/** What zod says of an issue, in words for people. Undefined leaves it to zod. */
function sentence(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return `expected ${isWhole(issue.inst) ? kinds["int"] : (kinds[issue.expected] ?? issue.expected)}`;
    case "invalid_value":
      return `expected ${listed(issue.values)}`;
    case "too_small":
      return `expected ${bound(issue.origin, issue.minimum, issue.exact ? "exactly" : issue.inclusive ? "at least" : "more than")}`;
    case "too_big":
      return `expected ${bound(issue.origin, issue.maximum, issue.exact ? "exactly" : issue.inclusive ? "at most" : "less than")}`;
    case "not_multiple_of":
      return `expected a multiple of ${issue.divisor}`;
    case "invalid_format":
      return `expected ${issue.format === "regex" ? `text that matches ${issue.pattern}` : `a text of the form ${issue.format}`}`;
    case "unrecognized_keys":
      return issue.keys.map((key) => `unknown key${didYouMean(key, keysOf(issue.inst))}`).join("\n");
    case "invalid_union":
      return Array.isArray(issue.options) ? `expected ${listed(issue.options)}` : undefined;
    default:
      return undefined;
  }
}

type Schema = z.core.$ZodRawIssue["inst"];

/** Whether a schema takes whole numbers only: zod itself tells a text from a number first. */
const isWhole = (schema: Schema): boolean => schema !== undefined && "isInt" in schema && schema.isInt === true;

/** The keys that an object schema knows. */
function keysOf(schema: Schema): string[] {
  const definition: object = schema?._zod.def ?? {};
  return "shape" in definition && typeof definition.shape === "object" && definition.shape !== null ? Object.keys(definition.shape) : [];
}
