import { Native, type NativeBody } from "../machine/native.ts";
import type { Value } from "../machine/values.ts";

/** A library function before it has its name. */
export interface Definition {
  readonly parameters: readonly string[];
  readonly lazy: readonly number[];
  readonly fallbacks: Readonly<Record<string, Value>>;
  readonly body: NativeBody;
}

/**
 * Describes a function. `parameters` are its names in order, a `~` before the ones it gets unevaluated;
 * `fallbacks` has the values of those that may be left out.
 */
export function define(parameters: string, body: NativeBody, fallbacks: Readonly<Record<string, Value>> = {}): Definition {
  const words = parameters.split(" ").filter((word) => word !== "");
  return {
    parameters: words.map((word) => word.replace("~", "")),
    lazy: words.flatMap((word, i) => (word.startsWith("~") ? [i] : [])),
    fallbacks,
    body,
  };
}

/** Gives definitions their names. */
export function makeNatives(definitions: Readonly<Record<string, Definition>>): [string, Native][] {
  return Object.entries(definitions).map(([name, { parameters, body, fallbacks, lazy }]) => [
    name,
    new Native(name, parameters, body, fallbacks, lazy),
  ]);
}
