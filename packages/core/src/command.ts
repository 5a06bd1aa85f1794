import type { Context } from "./context.ts";
import type { Options, Values } from "./options/option.ts";

export interface Example {
  readonly run: string;
  readonly does: string;
}

/** A command as data: help, docs tables, environment twins and completion are derived from it. */
export interface Command<O extends Options = Options> {
  readonly name: string;
  readonly summary: string;
  /** What follows the flags in the usage line, `-- command [argument ...]`. */
  readonly operands: string;
  /** Prefix of the environment twins, `SSMWRAP_`. */
  readonly envPrefix: string;
  readonly options: O;
  /** Options whose twin counts as given even when the variable is empty. */
  readonly keepEmpty?: readonly string[];
  readonly examples: readonly Example[];
  readonly exitCodes: readonly (readonly [code: string, meaning: string])[];
  /** Does the work and gives the exit code. Throws `ToolError` for what it can explain. */
  run(options: Values<O>, operands: readonly string[], ctx: Context): Promise<number>;
}

/** Keeps the option types of a declaration. */
export const defineCommand = <const O extends Options>(command: Command<O>): Command<O> => command;
