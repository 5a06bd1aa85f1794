import type { Bounds } from "../../wire/bounds.ts";
import type { Call } from "../../wire/call.ts";
import { readName } from "./names.ts";
import { findOwn, latest, ownArn, type Parameter, type ParameterVersion } from "./parameter-store.ts";
import { parameterNotFound, versionNotFound } from "./references.ts";

/** `ParameterLabelList` in the model. */
export const LABELS: Bounds = { min: 1, max: 10, each: { min: 1, max: 100 } };

/** The version that labels are hung on or taken from: the newest when no number is given. */
export function requireVersion(
  call: Call,
  sentName: string,
  number: number | undefined,
): { parameter: Parameter; version: ParameterVersion } {
  const name = readName(sentName);
  call.authorize(ownArn(call, name));
  const parameter = findOwn(call, name);
  if (parameter === undefined) throw parameterNotFound(name);
  const version = number === undefined ? latest(parameter) : parameter.versions.find((candidate) => candidate.version === number);
  if (version === undefined) throw versionNotFound(name, String(number));
  return { parameter, version };
}
