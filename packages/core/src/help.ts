import type { Command, CommandPage } from "./command.ts";
import { twinOf } from "./options/environment.ts";
import type { Option } from "./options/option.ts";

/** One option as help and docs show it. */
export interface OptionRow {
  readonly flag: string;
  readonly help: string;
  readonly defaultText: string;
  readonly variable: string;
}

type Styled = Pick<CommandPage, "flagStyle">;

function defaultOf(option: Option<unknown>): string {
  if (option.defaultText !== undefined) return option.defaultText;
  const { initial } = option;
  return initial === true || typeof initial === "number" || (typeof initial === "string" && initial !== "none") ? String(initial) : "";
}

/** A flag as it is typed: `-name`, or `--name` where that is the command's style. */
export const dashed = ({ flagStyle }: Styled, name: string): string => (flagStyle === "long" && name.length > 1 ? `--${name}` : `-${name}`);

function flagText(style: Styled, name: string, option: Option<unknown>): string {
  const canBeNegated = style.flagStyle === "long" && option.takes === "nothing" && option.initial === true;
  const spellings = [canBeNegated ? `[no-]${name}` : name, ...(option.aliases ?? [])].map((spelling) => dashed(style, spelling)).join(", ");
  if (option.placeholder === undefined) return spellings;
  return option.takes === "inline" ? `${spellings}[=${option.placeholder}]` : `${spellings} ${option.placeholder}`;
}

/** The options of a command, in the order of their declaration. */
export const optionRows = (command: Pick<CommandPage, "options" | "envPrefix" | "flagStyle">): OptionRow[] =>
  Object.entries(command.options).map(([name, option]) => ({
    flag: flagText(command, name, option),
    help: option.help,
    defaultText: defaultOf(option),
    variable: option.env === "none" ? "" : twinOf(command.envPrefix, name, option) + (option.env === "list" ? ", _1, _2 .." : ""),
  }));

/** `usage: tool [flags] operands` */
export const usageLine = (command: Pick<Command, "name" | "operands">): string =>
  `usage: ${[command.name, "[flags]", command.operands].filter((part) => part !== "").join(" ")}`;

const indent = (text: string, width: number, max: number): string => {
  const lines: string[] = [""];
  for (const word of text.split(" ")) {
    const last = lines.length - 1;
    const line = lines[last] ?? "";
    if (line !== "" && line.length + word.length + 1 > max - width) lines.push(word);
    else lines[last] = line === "" ? word : `${line} ${word}`;
  }
  return lines.map((line) => " ".repeat(width) + line).join("\n");
};

/** A part of a help page: its title, and a line with a text below it for each entry. */
export const section = (title: string, entries: readonly (readonly [line: string, text: string])[]): string =>
  entries.length === 0 ? "" : `${title}:\n${entries.map(([line, text]) => `  ${line}\n${indent(text, 6, 100)}`).join("\n")}`;

export const flagsSection = (title: string, command: Pick<CommandPage, "options" | "envPrefix" | "flagStyle">): string =>
  section(
    title,
    optionRows(command).map(({ flag, help, defaultText, variable }) => {
      const notes = [defaultText === "" ? "" : `default ${defaultText}`, variable].filter((part) => part !== "").join("; ");
      return [flag, notes === "" ? help : `${help} (${notes})`];
    }),
  );

/** A help page: what it is about, then its sections; empty ones are left out. */
export function helpPage(page: CommandPage & Pick<Command, "operands">, sections: readonly string[]): string {
  const width = Math.max(...page.exitCodes.map(([code]) => code.length));
  return [
    `${page.name}: ${page.summary}`,
    usageLine(page),
    section(
      "Examples",
      page.examples.map(({ run, does }) => [run, does]),
    ),
    ...sections,
    `Exit codes:\n${page.exitCodes.map(([code, meaning]) => `  ${code.padEnd(width)}  ${meaning}`).join("\n")}`,
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

/** The whole `-help` page. */
export const helpText = (command: Command): string => helpPage(command, [flagsSection("Flags", command)]);
