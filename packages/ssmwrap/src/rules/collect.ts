import { type Env, isToolError, usageError } from "@sukima/core";
import type { Sourced, SsmwrapOptions } from "../options.ts";
import { parseRule, type RuleDefaults } from "./parse-rule.ts";
import type { Rule } from "./rule.ts";
import { fileRules, v1Names, v1Paths, type V1Settings } from "./v1.ts";

/**
 * All rules in the order in which they apply, the last writer wins: what the environment says before what flags say;
 * in each, v1 sources, then `-rule`, `-env`, `-file`; references in the caller's variables come last, since they name their variable.
 * Throws a usage error for the first bad one.
 */
export async function collectRules(options: SsmwrapOptions, env: Env): Promise<Rule[]> {
  const defaults: RuleDefaults = {
    allowRoot: options["allow-root"],
    keepCase: options.case === "keep",
    fileMode: options["file-mode"],
  };
  const settings: V1Settings = {
    recursive: options.recursive && !options["no-recursive"],
    prefix: options["env-prefix"] ?? "",
    entirePath: options["env-entire-path"],
    exports: options.env.exports && !options["no-env"],
  };
  const rules: Rule[] = [];
  for (const from of ["environment", "flag"] as const) {
    const given = (list: readonly Sourced[], read: (text: string) => Rule[]): void => {
      for (const one of list) if (one.from === from) rules.push(...naming(one.where, () => read(one.text)));
    };
    const v1 = (source: SsmwrapOptions["paths"]): readonly string[] => (source?.from === from ? source.items : []);
    rules.push(...v1Paths(v1(options.paths), settings, defaults), ...v1Names(v1(options.names), settings, defaults));
    given(options.rule, (text) => [parseRule(text, undefined, defaults)]);
    given(options.env.rules, (text) => [parseRule(text, "env", defaults)]);
    given(options.file, (text) => fileRules(text, settings, defaults));
  }
  if (!options.expand) return rules;
  const { referenceRules } = await import("./references.ts");
  return [...rules, ...referenceRules(env, defaults.allowRoot)];
}

/** A refusal of a rule names the flag or the variable that held it. */
function naming<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!isToolError(error)) throw error;
    throw usageError(error.code, `${where}: ${error.message}`, error.hint);
  }
}

/** Whether a v1 source was given but is empty (`-paths=`, `SSMWRAP_PATHS=""`): images that set the path only in production keep working. */
export const hasEmptySource = ({ paths, names }: SsmwrapOptions): boolean => [paths, names].some((source) => source?.items.length === 0);
