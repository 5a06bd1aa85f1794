import { didYouMean, usageError } from "@sukima/core";
import { parseMode } from "../files/mode.ts";
import { type Item, splitItems } from "./items.ts";
import { parseRule, type RuleDefaults } from "./parse-rule.ts";
import { parsePath, parseV1Path, type Source } from "./path.ts";
import type { EnvTarget, Rule } from "./rule.ts";

/** The flags of ssmwrap v1 that shape its variables. */
export interface V1Settings {
  readonly recursive: boolean;
  readonly prefix: string;
  readonly entirePath: boolean;
  /** False with `-no-env` or `-env=false`: v1 paths, names and files give no variables. */
  readonly exports: boolean;
}

const plain = { required: false, fallback: undefined, base64: false, only: [], except: [] } as const;

const envTarget = (settings: V1Settings, defaults: RuleDefaults): EnvTarget => ({
  kind: "env",
  name: undefined,
  prefix: settings.prefix,
  entirePath: settings.entirePath,
  keepCase: defaults.keepCase,
  replace: undefined,
  json: false,
  replacesReference: false,
});

function envRule(source: Source, settings: V1Settings, defaults: RuleDefaults): Rule {
  const member = source.kind === "secret" ? source.member : undefined;
  return { ...plain, text: source.shown, source, target: envTarget(settings, defaults), member };
}

/** `-paths /a,/b` as rules. */
export function v1Paths(paths: readonly string[], settings: V1Settings, defaults: RuleDefaults): Rule[] {
  const rules: Rule[] = [];
  if (!settings.exports) return rules;
  for (const path of paths) rules.push(envRule(parseV1Path(path, settings.recursive, defaults.allowRoot), settings, defaults));
  return rules;
}

/** `-names x,/y:2` as rules. */
export function v1Names(names: readonly string[], settings: V1Settings, defaults: RuleDefaults): Rule[] {
  const rules: Rule[] = [];
  if (!settings.exports) return rules;
  for (const name of names) {
    const source = parsePath(name, defaults.allowRoot);
    if (source.kind === "children")
      throw usageError("BAD_NAME", `-names: ${JSON.stringify(name)} is a path`, "use -paths for everything below a path");
    rules.push(envRule(source, settings, defaults));
  }
  return rules;
}

const v1Keys = new Set(["Name", "Path", "Mode", "Uid", "Gid"]);
/** Ours in both dialects; what v1 did for a missing parameter, an empty file, is `default=`. */
const commonKey = "default";
const v2Keys = new Set(["path", "to", "mode", "uid", "gid"]);

/**
 * A `-file` rule in either dialect, told by its keys: v1 writes `Name=/parameter,Path=file,Mode=,Uid=,Gid=`, v2 `path=/parameter,to=file,mode=,uid=,gid=`.
 * v1 also exports what it writes, unless that is turned off. A mix of both is refused: Go v2 ignores `Mode=0600` there and writes 0644.
 */
export function fileRules(text: string, settings: V1Settings, defaults: RuleDefaults): Rule[] {
  const items = splitItems(text);
  const inV1 = items.filter(({ key }) => v1Keys.has(key));
  if (inV1.length === 0) return [parseRule(text, "file", defaults)];
  const odd = items.find(({ key }) => !v1Keys.has(key) && key !== commonKey);
  if (odd !== undefined) {
    const why = v2Keys.has(odd.key)
      ? `mixes the keys of v1 (${inV1[0]?.key}) and v2 (${odd.key})`
      : `unknown key ${JSON.stringify(odd.key)}${didYouMean(odd.key, v1Keys)}`;
    throw usageError("MIXED_DIALECTS", `-file ${JSON.stringify(text)}: ${why}`, "write -file path=/parameter,to=/file,mode=0600");
  }
  return v1File(text, items, settings, defaults);
}

function v1File(text: string, items: readonly Item[], settings: V1Settings, defaults: RuleDefaults): Rule[] {
  const item = (key: string): string | undefined => items.findLast((one) => one.key === key)?.value || undefined;
  const name = item("Name");
  const path = item("Path");
  if (name === undefined || path === undefined)
    throw usageError("BAD_RULE", `-file ${JSON.stringify(text)}: needs Name=/parameter and Path=file`);
  const given = item("Mode");
  const mode = given === undefined ? (defaults.fileMode ?? 0o600) : parseMode(given);
  if (mode === undefined) throw usageError("BAD_RULE", `-file ${JSON.stringify(text)}: Mode: expected octal digits such as 0600`);
  const source = parsePath(name, defaults.allowRoot);
  if (source.kind === "children") throw usageError("BAD_RULE", `-file ${JSON.stringify(text)}: Name must be one parameter`);
  // 0 meant "mine" in v1.
  const owner = (key: string): string | undefined => (item(key) === "0" ? undefined : item(key));
  const target = {
    kind: "file",
    path,
    mode,
    uid: owner("Uid"),
    gid: owner("Gid"),
    makeParents: false,
  } as const;
  const fallback = items.findLast((one) => one.key === commonKey)?.value;
  const file: Rule = { ...plain, text, source, target, member: undefined, fallback };
  return settings.exports ? [file, { ...envRule(source, settings, defaults), text, fallback }] : [file];
}
