import { AwsError } from "../../wire/aws-error.ts";
import type { Call } from "../../wire/call.ts";
import { readName } from "./names.ts";
import { findOwn, latest, ownArn, type Parameter, type ParameterVersion } from "./parameter-store.ts";

/** A name, `name:version`, `name:label` or ARN as a request gives it. */
export interface Reference {
  /** What IAM rules are matched against. */
  readonly arn: string;
  readonly selector: string | undefined;
  find(call: Call): Parameter | undefined;
}

export interface Found {
  readonly parameter: Parameter;
  readonly version: ParameterVersion;
  /** As answers repeat it: `:3` or `:live`. */
  readonly selector: string | undefined;
}

const ARN = /^arn:aws[\w-]*:ssm:[a-z0-9-]+:\d{12}:parameter(\/[^:]+)(?::([^:]+))?$/;

/** Read a reference; throws a ValidationException when it is neither a name nor an ARN. */
export function readReference(sent: string, call: Call): Reference {
  const text = sent.trim();
  if (text.startsWith("arn:")) {
    const [, path = "", selector] = ARN.exec(text) ?? [];
    if (path === "") throw new AwsError("ValidationException", `Invalid parameter ARN: ${text}`);
    const arn = selector === undefined ? text : text.slice(0, -selector.length - 1);
    return { arn, selector, find: (at) => findByArn(at, arn, path) };
  }
  const [, sentName = "", selector] = /^(.*?)(?::([\w.-]+))?$/s.exec(text) ?? [];
  const name = readName(sentName);
  return { arn: ownArn(call, name), selector, find: (at) => findOwn(at, name) };
}

/** An ARN does not tell `x` from `/x`; the hierarchical one is tried first. */
function findByArn(call: Call, arn: string, path: string): Parameter | undefined {
  if (arn !== ownArn(call, path)) return call.world.region(call.region).parameters.shared.get(arn);
  return findOwn(call, path) ?? findOwn(call, path.slice(1));
}

/** The version that a selector means: a number, a label, or the newest when there is none. */
export function selectVersion(parameter: Parameter, selector: string | undefined): Found | undefined {
  const { versions } = parameter;
  if (selector === undefined) return { parameter, version: latest(parameter), selector: undefined };
  const version = /^\d+$/.test(selector)
    ? versions.find((candidate) => candidate.version === Number(selector))
    : versions.find((candidate) => candidate.labels.has(selector));
  return version === undefined ? undefined : { parameter, version, selector: `:${selector}` };
}

/** The error for a selector that fits no version; that labels are answered like numbers is a guess. */
export function versionNotFound(name: string, selector: string): AwsError {
  const noun = /^\d+$/.test(selector) ? "version" : "label";
  return new AwsError(
    "ParameterVersionNotFound",
    `Systems Manager could not find ${noun} ${selector} of ${name}. Verify the ${noun} and try again.`,
  );
}

/** The real service leaves the text of this error empty; naming the parameter helps the reader and breaks no client. */
export const parameterNotFound = (name: string): AwsError => new AwsError("ParameterNotFound", `Parameter ${name} not found.`);
