import type { Command } from "@sukima/core";
import { optionRows, usageLine } from "@sukima/core/help";

/** Text as groff reads it: typewriter characters stay what they are, and no line of text becomes a request. */
const roff = (text: string): string =>
  text
    .replaceAll("\\", "\\e")
    .replace(/[-'`^~]/g, (character) => ({ "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti" })[character] ?? "")
    .replace(/^\./, "\\&.");

const entry = (term: string, text: string): string => `.TP\n.B ${roff(term).replaceAll('"', "\\(dq")}\n${roff(text)}`;

/** The manual page of a command, section 1. It carries no date and no version, so that it changes only with what it says. */
export function manPage(command: Command): string {
  const options = optionRows(command).map(({ flag, help, defaultText, variable }) => {
    const extra = [defaultText === "" ? "" : `default ${defaultText}`, variable === "" ? "" : `variable ${variable}`];
    const notes = extra.filter((part) => part !== "").join("; ");
    return entry(flag, notes === "" ? help : `${help} (${notes})`);
  });
  return [
    `.TH ${command.name.toUpperCase()} 1 "" sukima "User Commands"`,
    `.SH NAME\n${roff(command.name)} \\- ${roff(command.summary)}`,
    `.SH SYNOPSIS\n${roff(usageLine(command).replace("usage: ", ""))}`,
    `.SH OPTIONS\n${options.join("\n")}`,
    `.SH EXIT STATUS\n${command.exitCodes.map(([code, meaning]) => entry(code, meaning)).join("\n")}`,
    `.SH EXAMPLES\n${command.examples.map(({ run, does }) => entry(run, does)).join("\n")}`,
    "",
  ].join("\n");
}
