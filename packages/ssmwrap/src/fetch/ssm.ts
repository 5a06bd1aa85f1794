import { Secret } from "@sukima/core";
import type { ChildrenSource, ParameterSource } from "../rules/path.ts";
import type { Fetched } from "./store.ts";

/** Calls an SSM operation and gives the parsed answer. */
export type Call = (
  operation: "GetParameters" | "GetParametersByPath",
  input: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, unknown>>>;

/** A parameter in an answer. */
export interface Answered extends Fetched {
  readonly arn: string;
  readonly selector: string;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;

const text = (value: unknown): string => (typeof value === "string" ? value : "");

function parameters(answer: Readonly<Record<string, unknown>>): Answered[] {
  const list = Array.isArray(answer["Parameters"]) ? answer["Parameters"] : [];
  return list.filter(isRecord).map((one) => ({
    name: text(one["Name"]),
    arn: text(one["ARN"]),
    selector: text(one["Selector"]),
    version: String(one["Version"] ?? ""),
    value: new Secret(text(one["Value"])),
  }));
}

/** Up to ten parameters by name. What is missing is simply not in the answer (the service lists it in InvalidParameters). */
export async function getParameters(call: Call, sources: readonly ParameterSource[]): Promise<Answered[]> {
  return parameters(await call("GetParameters", { Names: sources.map(({ name, selector }) => name + selector), WithDecryption: true }));
}

/** All parameters below a path, page by page: ten a page, a page may be empty and still carry a token, an empty token is the end. */
export async function* getParametersByPath(call: Call, { path, recursive, label }: ChildrenSource): AsyncGenerator<Answered> {
  let token: string | undefined;
  do {
    const answer = await call("GetParametersByPath", {
      Path: path === "" ? "/" : path,
      Recursive: recursive,
      WithDecryption: true,
      MaxResults: 10,
      ...(label === undefined ? {} : { ParameterFilters: [{ Key: "Label", Option: "Equals", Values: [label] }] }),
      ...(token === undefined ? {} : { NextToken: token }),
    });
    yield* parameters(answer);
    token = text(answer["NextToken"]);
  } while (token !== "");
}
