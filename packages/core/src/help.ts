import type { Command } from "./command.ts";
import type { Option, Options } from "./options/option.ts";

/** One option as help and docs show it. */
export interface OptionRow {
  readonly flag: string;
  readonly help: string;
  readonly defaultText: string;
  readonly variable: string;
}

function defaultOf(option: Option<unknown>): string {
  if (option.defaultText !== undefined) return option.defaultText;
  const { initial } = option;
  return typeof initial === "number" || (typeof initial === "string" && initial !== "none") ? String(initial) : "";
}

function flagText(name: string, option: Option<unknown>): string {
  const spellings = [name, ...(option.aliases ?? [])].map((spelling) => `-${spelling}`).join(", ");
  if (option.placeholder === undefined) return spellings;
  return option.takes === "inline" ? `${spellings}[=${option.placeholder}]` : `${spellings} ${option.placeholder}`;
}

/** The options of a command, in the order of their declaration. */
export const optionRows = (command: Pick<Command<Options>, "options" | "envPrefix">): OptionRow[] =>
  Object.entries(command.options).map(([name, option]) => ({
    flag: flagText(name, option),
    help: option.help,
    defaultText: defaultOf(option),
    variable:
      option.env === "none"
        ? ""
        : command.envPrefix + name.toUpperCase().replaceAll("-", "_") + (option.env === "list" ? ", _1, _2 .." : ""),
  }));

/** `usage: tool [flags] operands` */
export const usageLine = (command: Pick<Command<Options>, "name" | "operands">): string =>
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

/** The whole `-help` page. */
export function helpText(command: Command<Options>): string {
  const rows = optionRows(command).map(({ flag, help, defaultText, variable }) => {
    const extra = [defaultText === "" ? "" : `default ${defaultText}`, variable].filter((part) => part !== "").join("; ");
    return `  ${flag}\n${indent(extra === "" ? help : `${help} (${extra})`, 6, 100)}`;
  });
  const width = Math.max(...command.exitCodes.map(([code]) => code.length));
  return [
    `${command.name}: ${command.summary}\n\n${usageLine(command)}`,
    `Examples:\n${command.examples.map(({ run, does }) => `  ${run}\n      ${does}`).join("\n")}`,
    `Flags:\n${rows.join("\n")}`,
    `Exit codes:\n${command.exitCodes.map(([code, meaning]) => `  ${code.padEnd(width)}  ${meaning}`).join("\n")}`,
    "",
  ].join("\n\n");
}
