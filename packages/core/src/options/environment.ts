import type { Env } from "../context.ts";
import type { Options } from "./option.ts";

/** A value that an environment variable gives to an option. */
export interface EnvironmentValue {
  readonly name: string;
  readonly variable: string;
  readonly text: string;
}

/** The variables that are twins of an option, in both spellings. */
const spellings = (prefix: string, name: string): Set<string> => {
  const variable = prefix + name.toUpperCase();
  return new Set([variable.replaceAll("-", "_"), variable]);
};

/**
 * Values from environment twins, in the order in which they apply. Empty variables count as unset, unless `keepEmpty` names the option.
 * Both spellings are read (`TOOL_ENV-PREFIX`, `TOOL_ENV_PREFIX`), the one with dashes last, so that it wins.
 * A list has members of any suffix that is not another option's twin: numbers first, in their order (`_2` before `_10`), then words.
 */
export function environmentValues(options: Options, prefix: string, env: Env, keepEmpty: readonly string[] = []): EnvironmentValue[] {
  // Most containers set none, and looking each one up would cost every start.
  if (!Object.keys(env).some((name) => name.startsWith(prefix))) return [];
  const known = new Set(Object.keys(options).flatMap((name) => [...spellings(prefix, name)]));
  const values: EnvironmentValue[] = [];
  for (const [name, option] of Object.entries(options)) {
    if (option.env === "none") continue;
    const variables = [...spellings(prefix, name), ...(option.env === "list" ? listMembers(prefix + name.toUpperCase(), env, known) : [])];
    for (const variable of variables) {
      const text = env[variable];
      if (text !== undefined && (text !== "" || keepEmpty.includes(name))) values.push({ name, variable, text });
    }
  }
  return values;
}

function listMembers(variable: string, env: Env, known: ReadonlySet<string>): string[] {
  const members = Object.keys(env).filter((key) => key.startsWith(`${variable}_`) && !known.has(key));
  const rank = (key: string): number => {
    const suffix = key.slice(variable.length + 1);
    return /^\d+$/.test(suffix) ? Number(suffix) : Number.POSITIVE_INFINITY;
  };
  return members.sort((a, b) => (rank(a) === rank(b) ? (a < b ? -1 : 1) : rank(a) - rank(b)));
}
