import { didYouMean, goBoolean, usageError } from "@sukima/core";
import { parseMode } from "../files/mode.ts";
import { isOwner } from "../files/owner.ts";
import { type Item, splitItems } from "./items.ts";
import { parsePath, type Source } from "./path.ts";
import type { EnvTarget, FileTarget, Rule } from "./rule.ts";

/** What flags say about every rule. */
export interface RuleDefaults {
  readonly allowRoot: boolean;
  readonly keepCase: boolean;
  readonly fileMode: number | undefined;
}

const forBoth: readonly string[] = ["path", "type", "required", "default", "key", "version", "b64"];
const forEnv: readonly string[] = ["to", "as", "prefix", "entirepath", "json", "case", "replace", "only", "except"];
const forFile: readonly string[] = ["to", "mode", "uid", "gid", "mkdir"];
const known: ReadonlySet<string> = new Set([...forBoth, ...forEnv, ...forFile]);

/** The items of one rule, read once each; what is left over, unknown or doubled is refused. */
class Reader {
  readonly text: string;
  readonly #items = new Map<string, string>();

  constructor(text: string, items: readonly Item[]) {
    this.text = text;
    for (const { key, value } of items) {
      if (!known.has(key)) throw this.refuse(`unknown key ${JSON.stringify(key)}${didYouMean(key, known)}`);
      if (this.#items.has(key)) throw this.refuse(`${key} stands twice`);
      this.#items.set(key, value);
    }
  }

  refuse(problem: string): Error {
    return usageError("BAD_RULE", `rule ${JSON.stringify(this.text)}: ${problem}`);
  }

  value(key: string): string | undefined {
    return this.#items.get(key);
  }

  flag(key: string): boolean {
    const value = this.#items.get(key);
    const read = value === undefined ? false : goBoolean(value);
    if (read === undefined) throw this.refuse(`${key}: expected true or false, got ${JSON.stringify(value)}`);
    return read;
  }

  keys(): Iterable<string> {
    return this.#items.keys();
  }
}

const patterns = (value: string | undefined): string[] => (value ?? "").split(/[|,]/).filter((pattern) => pattern !== "");

function withVersion(source: Source, version: string | undefined, refuse: (problem: string) => Error): Source {
  if (version === undefined) return source;
  const label = /^label:([A-Za-z0-9_.-]+)$/.exec(version)?.[1];
  if (source.kind === "children") {
    if (label === undefined) throw refuse("version of a wildcard is version=label:NAME");
    return { ...source, label };
  }
  if (source.kind === "secret") return label === undefined ? { ...source, versionId: version } : { ...source, stage: label };
  if (source.selector !== "" || (label === undefined && !/^\d+$/.test(version)))
    throw refuse("version is version=3 or version=label:NAME, given once");
  return { ...source, selector: `:${label ?? version}` };
}

function envTarget(read: Reader, source: Source, defaults: RuleDefaults): EnvTarget {
  const name = read.value("to") ?? read.value("as");
  const renames = read.value("replace");
  const replace = renames === undefined ? undefined : /^(.+):(.*)$/s.exec(renames);
  const letters = read.value("case");
  const json = read.flag("json");
  if (read.value("to") !== undefined && read.value("as") !== undefined) throw read.refuse("to and as mean the same: give one");
  if (name !== undefined && source.kind === "children") throw read.refuse("to needs a single parameter, and the path is a wildcard");
  if (name !== undefined && json) throw read.refuse("to names one variable, and json=true makes several");
  if (name === "" || name?.includes("=")) throw read.refuse(`${JSON.stringify(name)} is no name for a variable`);
  if (replace === null) throw read.refuse("replace is replace=FROM:TO");
  if (letters !== undefined && letters !== "upper" && letters !== "keep")
    throw read.refuse(`case: expected upper or keep, got ${JSON.stringify(letters)}`);
  return {
    kind: "env",
    name,
    prefix: read.value("prefix") ?? "",
    entirePath: read.flag("entirepath"),
    keepCase: letters === undefined ? defaults.keepCase : letters === "keep",
    replace: replace === undefined ? undefined : { from: replace[1] ?? "", to: replace[2] ?? "" },
    json,
    replacesReference: false,
  };
}

function fileTarget(read: Reader, source: Source, defaults: RuleDefaults): FileTarget {
  const path = read.value("to");
  if (source.kind === "children") throw read.refuse("a file takes a single parameter, and the path is a wildcard");
  if (path === undefined || path === "") throw read.refuse("to=FILE is missing");
  const given = read.value("mode");
  const mode = given === undefined ? (defaults.fileMode ?? 0o644) : parseMode(given);
  if (mode === undefined) throw read.refuse(`mode: expected octal digits such as 0600, got ${JSON.stringify(given)}`);
  const [uid, gid] = ["uid", "gid"].map((key) => {
    const owner = read.value(key);
    if (owner !== undefined && !isOwner(owner)) throw read.refuse(`${key}: expected a number or a name, got ${JSON.stringify(owner)}`);
    return owner;
  });
  return { kind: "file", path, mode, uid, gid, makeParents: read.flag("mkdir") };
}

/** Read a rule of `-rule` (any type), `-env` or `-file` in the v2 dialect. Throws a usage error that shows the rule. */
export function parseRule(text: string, type: "env" | "file" | undefined, defaults: RuleDefaults): Rule {
  const read = new Reader(text, splitItems(text));
  const named = read.value("type");
  const kind = named ?? type;
  if (kind !== "env" && kind !== "file") {
    throw read.refuse(
      named === undefined ? "type=env or type=file is missing" : `type: expected env or file, got ${JSON.stringify(named)}`,
    );
  }
  if (type !== undefined && named !== undefined && named !== type) throw read.refuse(`type=${named} contradicts the flag -${type}`);
  const fitting = kind === "env" ? forEnv : forFile;
  for (const key of read.keys()) {
    if (!fitting.includes(key) && !forBoth.includes(key)) throw read.refuse(`${key} has no meaning for type=${kind}`);
  }
  const path = read.value("path");
  if (path === undefined || path === "") throw read.refuse("path is missing");
  const source = withVersion(parsePath(path, defaults.allowRoot), read.value("version"), (problem) => read.refuse(problem));
  const wild = source.kind === "children";
  const fallback = read.value("default");
  if (wild && fallback !== undefined) throw read.refuse("default needs a single parameter, and the path is a wildcard");
  if (!wild && (read.value("only") ?? read.value("except")) !== undefined)
    throw read.refuse("only and except choose among the parameters of a wildcard");
  return {
    text,
    source,
    target: kind === "env" ? envTarget(read, source, defaults) : fileTarget(read, source, defaults),
    required: read.flag("required"),
    fallback,
    base64: read.flag("b64"),
    member: read.value("key") ?? (source.kind === "secret" ? source.member : undefined),
    only: patterns(read.value("only")),
    except: patterns(read.value("except")),
  };
}
