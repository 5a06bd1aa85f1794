import type { Command } from "./command.ts";
import type { Context } from "./context.ts";
import { usageError } from "./error.ts";
import { perform, reporting, withStandardOptions } from "./execute.ts";
import { lexLongFlags } from "./options/long-flags.ts";
import { commandHelp, findCommand, type Program, programHelp } from "./program.ts";
import { runProcess } from "./run-main.ts";

export type { Program } from "./program.ts";

/** The program itself as a command: what is read before a command's name, and shown when none is meant. */
const pageOf = (program: Program) => withStandardOptions({ ...program, operands: "command [flags]" });

/**
 * Run a program with subcommands: find the command, read its options, answer `--help`, `help` and `--version`, run, report what failed.
 * Without any word it shows its help. Gives the exit code, and throws what `execute` does.
 */
export async function executeProgram(program: Program, version: string, argv: readonly string[], ctx: Context): Promise<number> {
  const page = pageOf(program);
  return reporting(page, argv, ctx, async () => {
    const before = lexLongFlags(page.options, argv, "at the first operand");
    const isHelpWord = before.operands[0] === "help";
    const words = isHelpWord ? before.operands.slice(1) : before.operands;
    const help = isHelpWord || argv.length === 0 ? [{ name: "help", spelling: "help", text: undefined }] : [];
    const flags = [...before.flags, ...help];
    if (words.length === 0) {
      const run = async (): Promise<never> => {
        throw usageError("NO_COMMAND", "no command is named");
      };
      return perform({ ...page, run }, version, { argv, flags, operands: [] }, ctx, () => programHelp(page));
    }
    const { command, rest } = findCommand(program, words);
    const full: Command = { ...withStandardOptions(command), flagStyle: "long" };
    return reporting(full, argv, ctx, async () => {
      const own = lexLongFlags(full.options, rest, "at --");
      const line = { argv, flags: [...flags, ...own.flags], operands: own.operands };
      return perform(full, version, line, ctx, () => commandHelp(page, full));
    });
  });
}

/** Run a program with subcommands as the whole process. */
export const runProgram = (program: Program, version: string, argv: readonly string[], process: NodeJS.Process): Promise<never> =>
  runProcess(pageOf(program), argv, process, (ctx) => executeProgram(program, version, argv, ctx));
