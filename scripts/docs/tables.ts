import type { Command } from "@sukima/core";
import { optionRows } from "@sukima/core/help";

/** Text of ours as Markdown text: its stars, bars and angles are meant as such. */
const plain = (text: string): string => text.replace(/[*|<\\]/g, (character) => `\\${character}`);
/** A bar ends a cell of a table even inside backticks. */
const code = (text: string): string => (text === "" ? "" : `\`${text.replaceAll("|", "\\|")}\``);

/** A Markdown table. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

/** The flags of a command, in the order of their declaration. */
export const flagsTable = (command: Command): string =>
  table(
    ["flag", "meaning", "default", "variable"],
    optionRows(command).map(({ flag, help, defaultText, variable }) => [code(flag), plain(help), plain(defaultText), code(variable)]),
  );

export const exitCodesTable = ({ exitCodes }: Command): string =>
  table(
    ["code", "meaning"],
    exitCodes.map(([number, meaning]) => [plain(number), plain(meaning)]),
  );

/** One text for each command of a package: under its name when there are several. */
export const forEach = (commands: readonly Command[], show: (command: Command) => string): string =>
  commands.map((command) => (commands.length === 1 ? show(command) : `### ${command.name}\n\n${show(command)}`)).join("\n\n");
