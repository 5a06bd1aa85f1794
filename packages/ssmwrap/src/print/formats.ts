import { ToolError } from "@sukima/core";
import { isShellName } from "../resolve/name.ts";

export type PrintFormat = "dotenv" | "json" | "export" | "fish" | "names";

type Variables = readonly (readonly [name: string, value: string])[];

/** In single quotes nothing is special but the quote itself: it is written outside of them. */
const posixQuote = (value: string): string => `'${value.replaceAll("'", "'\\''")}'`;

/** In fish's single quotes a backslash escapes itself and the quote. */
const fishQuote = (value: string): string => `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

/** Double quotes with the escapes that dotenv readers share; `$` and backquotes are escaped since some expand them. */
const dotenvQuote = (value: string): string =>
  `"${value
    .replace(/[\\"$`]/g, "\\$&")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")}"`;

function shellLines(variables: Variables, line: (name: string, value: string) => string): string {
  const bad = variables.filter(([name]) => !isShellName(name)).map(([name]) => name);
  if (bad.length > 0)
    throw new ToolError("BAD_NAMES", `a shell cannot set ${bad.join(", ")}`, { hint: "make the names usable with -sanitize" });
  return variables.map(([name, value]) => `${line(name, value)}\n`).join("");
}

/** The fetched variables as text. `export` and `fish` are safe to eval; they and `dotenv` refuse names that a shell cannot set (`ToolError` BAD_NAMES). */
export function formatVariables(format: PrintFormat, variables: Variables): string {
  switch (format) {
    case "json":
      return `${JSON.stringify(Object.fromEntries(variables), undefined, 2)}\n`;
    case "names":
      return variables.map(([name]) => `${name}\n`).join("");
    case "export":
      return shellLines(variables, (name, value) => `export ${name}=${posixQuote(value)}`);
    case "fish":
      return shellLines(variables, (name, value) => `set -gx ${name} ${fishQuote(value)}`);
    case "dotenv":
      return shellLines(variables, (name, value) => `${name}=${dotenvQuote(value)}`);
    default:
      return format satisfies never;
  }
}
