import type { Env } from "../context.ts";
import type { Option, Options } from "./option.ts";

/** The part of a command that says where its values may come from. */
export interface OptionSource {
  readonly options: Options;
  readonly envPrefix: string;
  readonly formerEnvPrefix?: string;
  readonly keepEmpty?: readonly string[];
}

/** A value that an environment variable gives to an option. */
export interface EnvironmentValue {
  readonly name: string;
  readonly variable: string;
  readonly text: string;
}

/** The twin of an option as help shows it, `SSMWRAP_ENV_PREFIX`. */
export const twinOf = (prefix: string, name: string, { variable }: Pick<Option<unknown>, "variable">): string =>
  prefix + (variable ?? name.toUpperCase().replaceAll("-", "_"));

/** All spellings of a twin, weakest first: aliases, then the name with its dashes replaced, then with its dashes, as some originals made it. */
const spellings = (prefix: string, name: string, option: Option<unknown>): string[] => [
  ...new Set([
    ...(option.aliases ?? []).filter((alias) => alias.length > 1).map((alias) => twinOf(prefix, alias, {})),
    twinOf(prefix, name, option),
    ...(option.variable === undefined ? [prefix + name.toUpperCase()] : []),
  ]),
];

/** The variables of one prefix: those that some option has as its twin, whether it reads them or not. */
interface Family {
  readonly prefix: string;
  readonly known: ReadonlySet<string>;
}

/** The families that the environment uses at all. */
export function familiesIn(env: Env, { options, envPrefix, formerEnvPrefix }: OptionSource): Family[] {
  const used = [envPrefix, formerEnvPrefix].flatMap((prefix = "") =>
    prefix !== "" && Object.keys(env).some((name) => name.startsWith(prefix)) ? [prefix] : [],
  );
  return used.map((prefix) => ({
    prefix,
    known: new Set(Object.entries(options).flatMap(([name, option]) => spellings(prefix, name, option))),
  }));
}

/** The members of a list, of any suffix that is not another option's twin: numbers first, in their order (`_2` before `_10`), then words. */
function listMembers(variable: string, env: Env, known: ReadonlySet<string>): string[] {
  const members = Object.keys(env).filter((key) => key.startsWith(`${variable}_`) && !known.has(key));
  const rank = (key: string): number => {
    const suffix = key.slice(variable.length + 1);
    return /^\d+$/.test(suffix) ? Number(suffix) : Number.POSITIVE_INFINITY;
  };
  return members.sort((a, b) => (rank(a) === rank(b) ? (a < b ? -1 : 1) : rank(a) - rank(b)));
}

/** The variables that an option reads, in the order in which they apply: a later one wins. */
export function readBy(option: Option<unknown>, name: string, { prefix, known }: Family, env: Env): string[] {
  if (option.env === "none") return [];
  const own = spellings(prefix, name, option);
  return option.env === "list" ? [...own, ...listMembers(twinOf(prefix, name, option), env, known)] : own;
}

/**
 * Values from environment twins, in the order in which they apply. Empty variables count as unset, unless `keepEmpty` names the option.
 * All spellings are read, those of aliases first and the one with dashes last, so that it wins (`TOOL_PREFIX`, `TOOL_ENV_PREFIX`, `TOOL_ENV-PREFIX`).
 * Variables of the former prefix count for an option that has none of our own prefix.
 */
export function environmentValues(source: OptionSource, env: Env): EnvironmentValue[] {
  const families = familiesIn(env, source);
  if (families.length === 0) return [];
  const isGiven = (name: string, text: string | undefined): text is string =>
    text !== undefined && (text !== "" || source.keepEmpty?.includes(name) === true);
  return Object.entries(source.options).flatMap(([name, option]) => {
    for (const family of families) {
      const values = readBy(option, name, family, env).flatMap((variable) => {
        const text = env[variable];
        return isGiven(name, text) ? [{ name, variable, text }] : [];
      });
      if (values.length > 0) return values;
    }
    return [];
  });
}
