import type { Command, CommandPage } from "./command.ts";
import { usageError } from "./error.ts";
import { flagsSection, helpPage, section } from "./help.ts";
import { didYouMean } from "./nearest.ts";

/** A program with subcommands, as data. Its flags are written `--name`. */
export interface Program extends CommandPage {
  readonly flagStyle: "long";
  /**
   * Named by all their words: `ecs-deployer tasks list`. A command that reads the program's options has them among its own;
   * on the command line they stand before or behind its name.
   */
  readonly commands: readonly Command[];
}

/** The words of a command behind the program's name. */
const wordsOf = ({ name }: Command): string[] => name.split(" ").slice(1);

const beginsWith = (words: readonly string[], start: readonly string[]): boolean => start.every((word, at) => words[at] === word);

/**
 * The command whose name the words begin with, and the words behind that.
 * Throws a usage error (exit 2) for a word that is no command, with the nearest one, and for a group that is not a command itself.
 */
export function findCommand({ commands }: Program, words: readonly string[]): { command: Command; rest: readonly string[] } {
  let path: readonly string[] = [];
  for (const word of words) {
    const deeper = [...path, word];
    if (!commands.some((command) => beginsWith(wordsOf(command), deeper))) break;
    path = deeper;
  }
  const below = commands.filter((command) => beginsWith(wordsOf(command), path));
  const command = below.find((one) => wordsOf(one).length === path.length);
  const members = new Set(below.flatMap((one) => wordsOf(one).slice(path.length, path.length + 1)));
  const next = words[path.length];
  const isName = next !== undefined && !next.startsWith("-") && members.size > 0;
  if (isName && (command === undefined || command.operands === "")) {
    const inFull = (word: string): string => [...path, word].join(" ");
    throw usageError("UNKNOWN_COMMAND", `unknown command ${inFull(next)}${didYouMean(next, members, inFull)}`);
  }
  if (command === undefined) throw usageError("NO_COMMAND", [...path, "needs a command:", [...members].join(", ")].join(" "));
  return { command, rest: words.slice(path.length) };
}

/** The help page of the program: its commands, and the flags that all of them share. */
export const programHelp = (program: Program & Pick<Command, "operands">): string =>
  helpPage(program, [
    section(
      "Commands",
      program.commands.map((command) => [wordsOf(command).join(" "), command.summary]),
    ),
    flagsSection("Flags of all commands", program),
  ]);

/** The help page of one command: its own flags first, then those that it shares with the program. */
export function commandHelp(program: Pick<Program, "options">, command: Command): string {
  const split = (shared: boolean) => ({
    ...command,
    options: Object.fromEntries(Object.entries(command.options).filter(([name]) => Object.hasOwn(program.options, name) === shared)),
  });
  return helpPage(command, [flagsSection("Flags", split(false)), flagsSection("Flags of all commands", split(true))]);
}
