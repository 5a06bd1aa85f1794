import type { Command } from "./command.ts";
import type { Context } from "./context.ts";
import { Interrupted, isToolError } from "./error.ts";
import { usageLine } from "./help.ts";
import { createLog, reportFailure } from "./log.ts";
import { bool, type Options } from "./options/option.ts";
import { readValues } from "./options/values.ts";
import { ReaderGone } from "./sink.ts";

const standard = {
  help: bool("print this page and exit", { aliases: ["h"], env: "none" }),
  version: bool("print the version and exit", { env: "none" }),
};

/** The command as it is read and shown: with `-help` and `-version`, which never have an environment twin. */
export const withStandardOptions = (command: Command<Options>): Command<Options> => ({
  ...command,
  options: { ...command.options, ...standard },
});

/** Whether errors are wanted as JSON, told without parsing: the command line itself may be what is wrong. */
function wantsJson(command: Command<Options>, argv: readonly string[], ctx: Context): boolean {
  if (command.options["log-format"] === undefined) return false;
  const flags = argv.slice(0, argv.includes("--") ? argv.indexOf("--") : argv.length);
  const given = flags.flatMap((word, at) =>
    /^--?log-format$/.test(word) ? [flags[at + 1]] : (/^--?log-format=(.*)$/.exec(word)?.slice(1) ?? []),
  );
  return (given.at(-1) ?? ctx.env[`${command.envPrefix}LOG_FORMAT`]) === "json";
}

/**
 * Run a Go-flag command: read options, answer `-help` and `-version`, run, report what failed.
 * Gives the exit code; throws only `ReaderGone`, and the `Interrupted` that ended the run, since those are for `main.ts` to turn into a death by signal.
 */
export async function execute(command: Command<Options>, version: string, argv: readonly string[], ctx: Context): Promise<number> {
  const full = withStandardOptions(command);
  try {
    const { values, operands } = readValues(full, argv, ctx.env);
    if (values["help"] === true) {
      const { helpText } = await import("./help.ts");
      ctx.out.write(helpText(full));
      return 0;
    }
    if (values["version"] === true) {
      ctx.out.write(`${command.name} ${version}\n`);
      return 0;
    }
    return await command.run(values, operands, ctx);
  } catch (error) {
    if (error instanceof ReaderGone || error instanceof Interrupted) throw error;
    if (ctx.signal.aborted && !isToolError(error)) throw ctx.signal.reason;
    const format = wantsJson(command, argv, ctx) ? "json" : "text";
    const code = reportFailure(createLog(ctx.err, ctx.clock, { tool: command.name, level: "error", format }), error);
    if (code === 2 && format === "text") ctx.err.write(`${usageLine(command)}\nrun ${command.name} -help for the flags\n`);
    return code;
  }
}
