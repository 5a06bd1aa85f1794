import type { Env } from "../context.ts";
import { didYouMean } from "../nearest.ts";
import { familiesIn, type OptionSource, readBy } from "./environment.ts";

/**
 * A sentence for each variable with our own prefix that changes nothing: a mistyped name, or an option that is never taken from the environment.
 * Names of the former prefix belong to the original, which may have more of them. `TOOL_HELP` and `TOOL_VERSION` are left alone: images use such names for their own ends.
 */
export function strayVariables(source: OptionSource, env: Env): string[] {
  const family = familiesIn(env, source).find(({ prefix }) => prefix === source.envPrefix);
  if (family === undefined) return [];
  const read = new Set(Object.entries(source.options).flatMap(([name, option]) => readBy(option, name, family, env)));
  const silent = new Set(["HELP", "VERSION"].map((word) => family.prefix + word));
  return Object.keys(env)
    .filter((variable) => variable.startsWith(family.prefix) && env[variable] !== "" && !read.has(variable) && !silent.has(variable))
    .map((variable) =>
      family.known.has(variable)
        ? `${variable} is ignored: this is never taken from the environment`
        : `${variable} is unknown${didYouMean(variable, read)}`,
    );
}
