import type { Context } from "./context.ts";
import type { Options, Values } from "./options/option.ts";

export interface Example {
  readonly run: string;
  readonly does: string;
}

/** What a page about a command shows besides its options' values: everything but the work. */
export interface CommandPage {
  /** The words that start it: `ssmwrap`, `ecs-deployer tasks list`. */
  readonly name: string;
  readonly summary: string;
  /** How flags are written: as Go's flag package does (`-name`, unless said otherwise), or `--name`. */
  readonly flagStyle?: "go" | "long";
  /** Prefix of the environment twins, `SSMWRAP_`. */
  readonly envPrefix: string;
  /** Prefix of the original's variables. They count where the twin with our own prefix is unset. */
  readonly formerEnvPrefix?: string;
  readonly options: Options;
  readonly examples: readonly Example[];
  readonly exitCodes: readonly (readonly [code: string, meaning: string])[];
}

/** A command as data: help, docs tables, environment twins and completion are derived from it. */
export interface Command<O extends Options = Options> extends CommandPage {
  /** What follows the flags in the usage line, `-- command [argument ...]`. */
  readonly operands: string;
  readonly options: O;
  /** Options whose twin counts as given even when the variable is empty. */
  readonly keepEmpty?: readonly string[];
  /** Does the work and gives the exit code. Throws `ToolError` for what it can explain. */
  run(options: Values<O>, operands: readonly string[], ctx: Context): Promise<number>;
}

/** Keeps the option types of a declaration. */
export const defineCommand = <const O extends Options>(command: Command<O>): Command<O> => command;
