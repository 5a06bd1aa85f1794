import * as z from "zod";
import { nearest } from "../nearest.ts";

/** Something that a person or a program handed in is not as it must be: a world file, a fault, an event. */
export class InputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "InputError";
  }
}

type Steps = readonly PropertyKey[];

/** One complaint: where, and what. */
export interface Complaint {
  readonly place: Steps;
  /** Set when the complaint is about a key that should not be there. */
  readonly key?: string;
  readonly text: string;
}

/** Parse with a schema, or throw an InputError that names every place; `where` words a place, by default as `a.b[0]`. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  where: (complaint: Complaint) => string = placeText,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const known = z.toJSONSchema(schema, { io: "input" });
  const complaints = result.error.issues.flatMap((issue) => complain(issue, known, []));
  throw new InputError(complaints.map((complaint) => `${where(complaint)}: ${complaint.text}`).join("\n"));
}

/** `faults[0].kind`, or `the input` for the whole. */
export function placeText({ place, key }: Complaint): string {
  const steps = key === undefined ? place : [...place, key];
  const text = steps.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`)).join("");
  return text.replace(/^\./, "") || "the input";
}

type Issue = z.core.$ZodIssue;

function complain(issue: Issue, known: unknown, above: Steps): Complaint[] {
  const place = [...above, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    const keys = keysAt(known, place);
    return issue.keys.map((key) => {
      const near = nearest(key, keys);
      return { place, key, text: near === undefined ? `unknown key, known are ${keys.join(", ")}` : `unknown key, did you mean ${near}?` };
    });
  }
  if (issue.code === "invalid_union") {
    // The branch that got furthest is the one that was meant: an object with a wrong member, not "expected a text".
    const branch =
      issue.errors.find((issues) => issues.some((inner) => inner.path.length > 0 || inner.code === "unrecognized_keys")) ??
      issue.errors[0] ??
      [];
    return branch.flatMap((inner) => complain(inner, known, place));
  }
  if (issue.code === "invalid_key") return issue.issues.map(({ message }) => ({ place, text: message }));
  if (issue.code === "invalid_value") return [{ place, text: `expected one of ${issue.values.map(String).join(", ")}` }];
  if (issue.code === "invalid_type")
    return [{ place, text: issue.message.replace(/^Invalid input: /, "").replace("received undefined", "but it is missing") }];
  return [{ place, text: issue.message.replace(/^Invalid input: /, "") }];
}

/** The member names that a JSON Schema knows at a place. */
function keysAt(schema: unknown, place: Steps): string[] {
  if (!isObject(schema)) return [];
  if (Array.isArray(schema["anyOf"])) return schema["anyOf"].flatMap((branch) => keysAt(branch, place));
  const [step, ...rest] = place;
  const { properties, additionalProperties, items } = schema;
  if (step === undefined) return isObject(properties) ? Object.keys(properties) : [];
  const named = isObject(properties) ? properties[String(step)] : undefined;
  return keysAt(named ?? (typeof step === "number" ? items : additionalProperties), rest);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
