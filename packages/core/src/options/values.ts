import { usageError } from "../error.ts";
import type { EnvironmentValue } from "./environment.ts";
import type { Occurrence, Option, Options, Origin, Values } from "./option.ts";

/** Fold one text into an option's value; a refusal names the flag or the variable it came from (exit 2). */
function readOption<T>(option: Option<T>, where: string, text: string | undefined, before: T, from: Origin): T {
  try {
    return option.read(text, before, from, where);
  } catch (error) {
    throw usageError("BAD_VALUE", `${where}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * The values of options: first what the environment says (`environmentValues`), then what the command line says, so that a flag wins and repeated options keep that order.
 * Throws a usage error that names the flag or the variable.
 */
export function foldValues<O extends Options>(options: O, flags: readonly Occurrence[], variables: readonly EnvironmentValue[]): Values<O> {
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(options)) values[name] = options[name]?.initial;
  const apply = (name: string, where: string, text: string | undefined, from: Origin): void => {
    const option = options[name];
    if (option !== undefined) values[name] = readOption(option, where, text, values[name], from);
  };
  for (const { name, variable, text } of variables) apply(name, variable, text, "environment");
  for (const { name, spelling, text } of flags) apply(name, spelling, text, "flag");
  return asValues<O>(values);
}

// Every name was filled by its own option's `initial` or `read`, which is what `Values` says.
const asValues = <O extends Options>(values: Record<string, unknown>): Values<O> => values as Values<O>;
