import { ToolError } from "@sukima/core";
import { isShellName } from "../resolve/name.ts";

export type PrintFormat = "dotenv" | "json" | "export" | "fish" | "names";

type Variables = readonly (readonly [name: string, value: string])[];

/** In single quotes nothing is special but the quote itself: it is written outside of them. */
const posixQuote = (value: string): string => `'${value.replaceAll("'", "'\\''")}'`;

/** In fish's single quotes a backslash escapes itself and the quote. */
const fishQuote = (value: string): string => `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

/**
 * In the quotes that the value does not hold, line breaks as they are: what Node's `--env-file` and the npm package dotenv read alike.
 * They know no escapes, so a value with all three quotes, or with a carriage return, cannot be written.
 */
function dotenvQuote(name: string, value: string): string {
  const quote = ["'", '"', "`"].find((mark) => !value.includes(mark) && !(mark === '"' && value.includes("\\")));
  if (quote === undefined || value.includes("\r")) {
    throw new ToolError("NOT_DOTENV", `the value of ${name} cannot be written for dotenv`, { hint: "use -print json, or -print export" });
  }
  return quote + value + quote;
}

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
      return shellLines(variables, (name, value) => `${name}=${dotenvQuote(name, value)}`);
    default:
      return format satisfies never;
  }
}
