import type { CommandPage } from "./command.ts";
import type { Context } from "./context.ts";
import { isToolError } from "./error.ts";
import { dashed, usageLine } from "./help.ts";
import { createLog, type Log, type LogSettings } from "./log.ts";
import { twinOf } from "./options/environment.ts";
import { goBoolean } from "./options/option.ts";

/** A command as far as its failures are concerned. */
export type FailingPage = CommandPage & { readonly operands: string };

/** What was asked for by an option, told without parsing: the command line itself may be what is wrong. */
function asked({ options, envPrefix }: CommandPage, name: string, argv: readonly string[], env: Context["env"]): string | undefined {
  const option = options[name];
  if (option === undefined) return undefined;
  const words = argv.slice(0, argv.includes("--") ? argv.indexOf("--") : argv.length);
  const texts = words.flatMap((word, at) => {
    const [flag = "", ...text] = word.split("=");
    if (flag !== `-${name}` && flag !== `--${name}`) return [];
    if (text.length > 0) return [text.join("=")];
    return option.takes === "nothing" ? ["true"] : words.slice(at + 1, at + 2);
  });
  return texts.at(-1) ?? env[twinOf(envPrefix, name, option)];
}

/** How a run wants to hear about itself. */
function logSettings(page: CommandPage, argv: readonly string[], { env }: Context): LogSettings {
  const level = asked(page, "log-level", argv, env);
  const debug = level === "debug" || goBoolean(asked(page, "debug", argv, env) ?? "") === true;
  return {
    tool: programOf(page),
    level: debug ? "debug" : level === "error" ? "error" : "warn",
    format: asked(page, "log-format", argv, env) === "json" ? "json" : "text",
  };
}

/** The log for what `execute` itself has to say, in the form that the command line asks for. */
export const executionLog = (page: CommandPage, argv: readonly string[], ctx: Context): Log =>
  createLog(ctx.err, ctx.clock, logSettings(page, argv, ctx));

/** The first word of a command's name: what a log line begins with, and what has a version. */
const programOf = ({ name }: Pick<CommandPage, "name">): string => name.split(" ")[0] ?? name;

/**
 * Report what ended a run and give its exit code. The usage line follows where it helps.
 * An unexpected error (70) shows its name and, when debugging, its places in the code: its message could quote a secret.
 */
export function reportFailure(page: FailingPage, argv: readonly string[], ctx: Context, thrown: unknown): number {
  const { format } = logSettings(page, argv, ctx);
  const log = executionLog(page, argv, ctx);
  if (isToolError(thrown)) {
    const sentences = [thrown.message, ...thrown.more];
    for (const [at, sentence] of sentences.entries()) log.error(sentence, at === sentences.length - 1 ? { hint: thrown.hint } : {});
    if (thrown.showUsage && format === "text")
      ctx.err.write(`${usageLine(page)}\nrun ${page.name} ${dashed(page, "help")} for the flags\n`);
    return thrown.exit;
  }
  log.error(`internal error (${thrown instanceof Error ? thrown.name : typeof thrown}); please report it with the command line you used`, {
    hint: stackHint(page),
  });
  if (thrown instanceof Error) log.debug("stack", { frames: framesOf(thrown) });
  return 70;
}

/** The places of a stack, without the message that stands before them and may have several lines. */
const framesOf = ({ stack = "", message }: Error): string[] =>
  stack
    .replace(message, "")
    .split("\n")
    .flatMap((line) => (/^\s+at /.test(line) ? [line.trim()] : []));

function stackHint(page: CommandPage): string | undefined {
  const flag = [["log-level", " debug"] as const, ["debug", ""] as const].find(([name]) => page.options[name] !== undefined);
  return flag && `run again with ${dashed(page, flag[0])}${flag[1]} for the stack`;
}
