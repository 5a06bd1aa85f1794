import type { Command } from "./command.ts";
import type { Context, Env } from "./context.ts";
import { Interrupted, isToolError, usageError } from "./error.ts";
import type { FailingPage } from "./failure.ts";
import { lexGoFlags } from "./options/go-flags.ts";
import { bool, type Occurrence } from "./options/option.ts";
import { foldValues } from "./options/values.ts";
import { ReaderGone } from "./sink.ts";

const standard = {
  help: bool("print this page and exit", { aliases: ["h"], env: "none" }),
  version: bool("print the version and exit", { env: "none" }),
};

/** The command as it is read and shown: with `-help` and `-version`, which never have an environment twin. */
export const withStandardOptions = <P extends Pick<Command, "options">>(page: P): P => ({
  ...page,
  options: { ...page.options, ...standard },
});

/** A command line that has been taken apart. */
export interface CommandLine {
  readonly argv: readonly string[];
  readonly flags: readonly Occurrence[];
  readonly operands: readonly string[];
}

/** Whether `-help` or `-version` was given; read by itself, so that no other bad value can be in the way of the help. */
function asksFor(name: keyof typeof standard, flags: readonly Occurrence[]): boolean {
  let asked = false;
  for (const flag of flags) if (flag.name === name) asked = foldValues(standard, [flag], [])[name];
  return asked;
}

/** Whether any variable can be meant for the command. */
function isAddressed({ envPrefix, formerEnvPrefix = envPrefix }: Command, env: Env): boolean {
  for (const name of Object.keys(env)) if (name.startsWith(envPrefix) || name.startsWith(formerEnvPrefix)) return true;
  return false;
}

/**
 * Answer `-help` (with what `helpOf` gives) and `-version`, or read the values and run. `full` has the standard options.
 * An operand that the command does not take is refused: flags behind it would be passed over without a word.
 */
export async function perform(
  full: Command,
  version: string,
  { argv, flags, operands }: CommandLine,
  ctx: Context,
  helpOf?: (command: Command) => string,
): Promise<number> {
  // Help and reports are loaded when they are needed: every start would pay for them.
  if (asksFor("help", flags)) {
    const { helpText } = await import("./help.ts");
    ctx.out.write((helpOf ?? helpText)(full));
    return 0;
  }
  if (asksFor("version", flags)) {
    ctx.out.write(`${full.name.split(" ")[0]} ${version}\n`);
    return 0;
  }
  if (full.operands === "" && operands.length > 0) throw usageError("UNEXPECTED_OPERAND", `unexpected ${JSON.stringify(operands[0])}`);
  if (!isAddressed(full, ctx.env)) return full.run(foldValues(full.options, flags, []), operands, ctx);
  const [{ environmentValues }, { strayVariables }, { executionLog }] = await Promise.all([
    import("./options/environment.ts"),
    import("./options/stray-variables.ts"),
    import("./failure.ts"),
  ]);
  const values = foldValues(full.options, flags, environmentValues(full, ctx.env));
  for (const sentence of strayVariables(full, ctx.env)) executionLog(full, argv, ctx).warn(sentence);
  return full.run(values, operands, ctx);
}

/**
 * Do the work of a command and report what fails. Gives the exit code; throws only `ReaderGone`, and the `Interrupted` that ended the run,
 * since those are for `main.ts` to turn into a death by signal.
 */
export async function reporting(page: FailingPage, argv: readonly string[], ctx: Context, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ReaderGone || error instanceof Interrupted) throw error;
    if (ctx.signal.aborted && !isToolError(error)) throw ctx.signal.reason;
    const { reportFailure } = await import("./failure.ts");
    return reportFailure(page, argv, ctx, error);
  }
}

/** Run a Go-flag command: read options, answer `-help` and `-version`, run, report what failed. Gives and throws what `reporting` does. */
export function execute(command: Command, version: string, argv: readonly string[], ctx: Context): Promise<number> {
  const full = withStandardOptions(command);
  return reporting(command, argv, ctx, () => perform(full, version, { argv, ...lexGoFlags(full.options, argv) }, ctx));
}
