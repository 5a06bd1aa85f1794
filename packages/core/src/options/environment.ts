import type { Env } from "../context.ts";
import type { Options } from "./option.ts";

/** A value that an environment variable gives to an option. */
export interface EnvironmentValue {
  readonly name: string;
  readonly variable: string;
  readonly text: string;
}

/**
 * Values from environment twins, in the order in which they apply. Empty variables count as unset, unless `keepEmpty` names the option.
 * Both spellings are read (`TOOL_ENV-PREFIX`, `TOOL_ENV_PREFIX`), the one with dashes last, so that it wins.
 * Lists are ordered by number, so `_2` comes before `_10`.
 */
export function environmentValues(options: Options, prefix: string, env: Env, keepEmpty: readonly string[] = []): EnvironmentValue[] {
  const values: EnvironmentValue[] = [];
  const add = (name: string, variable: string): void => {
    const text = env[variable];
    if (text !== undefined && (text !== "" || keepEmpty.includes(name))) values.push({ name, variable, text });
  };
  for (const [name, option] of Object.entries(options)) {
    if (option.env === "none") continue;
    const variable = prefix + name.toUpperCase();
    for (const spelling of new Set([variable.replaceAll("-", "_"), variable])) add(name, spelling);
    if (option.env === "list") for (const member of listMembers(variable, env)) add(name, member);
  }
  return values;
}

function listMembers(variable: string, env: Env): string[] {
  const numbered = Object.keys(env).flatMap((key) => {
    const digits = key.startsWith(`${variable}_`) ? key.slice(variable.length + 1) : "";
    return /^\d+$/.test(digits) ? [{ key, number: Number(digits) }] : [];
  });
  return numbered.sort((a, b) => a.number - b.number).map(({ key }) => key);
}
