import type { Env } from "../context.ts";
import { environmentValues } from "./environment.ts";
import { lexGoFlags } from "./go-flags.ts";
import { type Options, type Origin, readOption, type Values } from "./option.ts";

interface Source {
  readonly options: Options;
  readonly envPrefix: string;
  readonly keepEmpty?: readonly string[];
}

/**
 * Read options from the environment, then from the command line (so that a flag wins, and repeated options keep that order).
 * Throws a usage error that names the flag or the variable.
 */
export function readValues<O extends Options>(
  source: Source & { readonly options: O },
  argv: readonly string[],
  env: Env,
): { values: Values<O>; operands: string[] } {
  const { flags, operands } = lexGoFlags(source.options, argv);
  const values = initialValues(source.options);
  const apply = (name: string, where: string, text: string | undefined, from: Origin): void => {
    const option = source.options[name];
    if (option !== undefined) values[name] = readOption(option, where, text, values[name], from);
  };
  for (const { name, variable, text } of environmentValues(source.options, source.envPrefix, env, source.keepEmpty))
    apply(name, variable, text, "environment");
  for (const { name, text } of flags) apply(name, `-${name}`, text, "flag");
  return { values: asValues<O>(values), operands };
}

const initialValues = (options: Options): Record<string, unknown> =>
  Object.fromEntries(Object.entries(options).map(([name, option]) => [name, option.initial]));

// Every name was filled by its own option's `initial` or `read`, which is what `Values` says.
const asValues = <O extends Options>(values: Record<string, unknown>): Values<O> => values as Values<O>;
