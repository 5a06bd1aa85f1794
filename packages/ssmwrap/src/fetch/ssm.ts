import { Secret } from "@sukima/core";
import type { ChildrenSource, ParameterSource } from "../rules/path.ts";
import type { Fetched } from "./store.ts";

/** Calls an SSM operation and gives what `read` makes of the answer. A `BrokenAnswer` of `read` is tried again, as any failure that may pass. */
export type Call = <T>(
  operation: "GetParameters" | "GetParametersByPath",
  input: Readonly<Record<string, unknown>>,
  read: (answer: Readonly<Record<string, unknown>>) => T,
) => Promise<T>;

/** The service answered, but not what it is documented to answer: worth another try, and never quoted. */
export class BrokenAnswer extends Error {}

/** A parameter in an answer. */
interface Answered extends Fetched {
  readonly arn: string;
  readonly selector: string;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;

const text = (value: unknown): string => (typeof value === "string" ? value : "");

function parameters(answer: Readonly<Record<string, unknown>>): Answered[] {
  const list: unknown = answer["Parameters"];
  if (!Array.isArray(list)) throw new BrokenAnswer("no Parameters");
  const answered: Answered[] = [];
  for (const one of list as readonly unknown[]) {
    if (!isRecord(one) || typeof one["Name"] !== "string" || typeof one["Value"] !== "string")
      throw new BrokenAnswer("a parameter without name or value");
    answered.push({
      name: one["Name"],
      arn: text(one["ARN"]),
      selector: text(one["Selector"]),
      version: String(one["Version"] ?? ""),
      value: new Secret(one["Value"]),
    });
  }
  return answered;
}

/**
 * Whether an answered parameter is the one asked for: an ARN is matched by the ARN alone, since another account may use the same name.
 * Emulators leave out the selector: then a version must be the answered one, and a label is taken when no other selector of that name was asked for.
 */
function isAnswer(asked: ParameterSource, sources: readonly ParameterSource[], { name, arn, selector, version }: Answered): boolean {
  if (asked.name !== (asked.name.startsWith("arn:") ? arn : name)) return false;
  if (selector !== "" || asked.selector === "") return asked.selector === selector;
  return /^:\d+$/.test(asked.selector)
    ? asked.selector === `:${version}`
    : sources.filter((other) => other.name === asked.name).length === 1;
}

/** Up to ten parameters by name. What is missing is simply not in the map (the service lists it in InvalidParameters). */
export async function getParameters(call: Call, sources: readonly ParameterSource[]): Promise<Map<ParameterSource, Fetched>> {
  const input = { Names: sources.map(({ name, selector }) => name + selector), WithDecryption: true };
  const answered = await call("GetParameters", input, parameters);
  const found = sources.flatMap((source) => {
    const candidates = answered.filter((candidate) => isAnswer(source, sources, candidate));
    // Several only from emulators, which leave out the selector: the plain name means the newest.
    const [one] = candidates.sort((a, b) => Number(b.version) - Number(a.version));
    return one === undefined ? [] : [[source, one] as const];
  });
  return new Map(found);
}

/** All parameters below a path, page by page: ten a page, a page may be empty and still carry a token, an empty token is the end. */
export async function* getParametersByPath(call: Call, { path, recursive, label }: ChildrenSource): AsyncGenerator<Fetched> {
  let token: string | undefined;
  do {
    const input = {
      Path: path === "" ? "/" : path,
      Recursive: recursive,
      WithDecryption: true,
      MaxResults: 10,
      ...(label === undefined ? {} : { ParameterFilters: [{ Key: "Label", Option: "Equals", Values: [label] }] }),
      ...(token === undefined ? {} : { NextToken: token }),
    };
    const page = await call("GetParametersByPath", input, (answer) => ({
      parameters: parameters(answer),
      next: text(answer["NextToken"]),
    }));
    yield* page.parameters;
    token = page.next;
  } while (token !== "");
}
