import { Secret } from "@sukima/core";
import type { Fetched, Store } from "../fetch/store.ts";
import type { Source } from "../rules/path.ts";
import type { FileTarget, Rule } from "../rules/rule.ts";
import { bareName, variableName } from "./name.ts";
import { allMembers, bytesOf, decodeBase64, decodeBase64Text, pickMember } from "./value.ts";

/** A variable that a rule asks for. `from` names the parameter for messages. */
export interface Assignment {
  readonly variable: string;
  readonly value: Secret;
  readonly from: string;
  readonly version: string;
  /** The rule names this very variable. */
  readonly explicit: boolean;
  readonly replacesReference: boolean;
}

/** A file that a rule asks for. */
export interface FileWrite {
  readonly target: FileTarget;
  readonly content: Buffer;
  readonly from: string;
  readonly version: string;
  readonly rule: string;
}

/** Something asked for that is not there. */
interface Miss {
  readonly shown: string;
  readonly required: boolean;
  readonly rule: string;
}

export interface Resolution {
  readonly assignments: readonly Assignment[];
  readonly files: readonly FileWrite[];
  readonly misses: readonly Miss[];
}

/** `*` stands for any run of characters. */
const matches = (pattern: string, name: string): boolean =>
  new RegExp(
    `^${pattern
      .split("*")
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
    "s",
  ).test(name);

function chosen(rule: Rule, path: string, { name }: Fetched): boolean {
  const forms = [name.slice(path.length + 1), name.slice(name.lastIndexOf("/") + 1)];
  const fits = (patterns: readonly string[]): boolean => patterns.some((pattern) => forms.some((form) => matches(pattern, form)));
  return (rule.only.length === 0 || fits(rule.only)) && !fits(rule.except);
}

function find(rule: Rule, store: Store): Fetched[] {
  const { source } = rule;
  if (source.kind === "children") {
    const children = store.children(source);
    return rule.only.length === 0 && rule.except.length === 0 ? children : children.filter((one) => chosen(rule, source.path, one));
  }
  const found = source.kind === "parameter" ? store.parameter(source) : store.secret(source);
  return found === undefined ? [] : [found];
}

/** The name that the variable is made from: of a secret the id that was asked for, so that an ARN and a name give the same. */
const namedAfter = (source: Source, found: Fetched): string =>
  bareName(source.kind === "secret" ? source.id : source.kind === "parameter" ? source.name : found.name);

/** What a value is known by in messages: two versions of a parameter are two things, and so are those of two accounts. */
function calledBy(source: Source, { name }: Fetched): string {
  if (source.kind === "children") return name;
  return source.kind === "parameter" ? source.name + source.selector : name + (source.stage === undefined ? "" : `@${source.stage}`);
}

/** A path as it was written, and the member of its value that was asked for apart from it. */
const shownWith = ({ shown }: Source, member: string | undefined): string =>
  member === undefined || shown.includes("#") || shown.startsWith("arn:") ? shown : `${shown}#${member}`;

/** Apply rules, in order, to what was fetched. Pure. Throws `ToolError` for a value that is not what its rule says. */
export function resolve(rules: readonly Rule[], store: Store, sanitize: boolean): Resolution {
  const assignments: Assignment[] = [];
  const files: FileWrite[] = [];
  const misses: Miss[] = [];
  for (const rule of rules) {
    const { source, target, member } = rule;
    const values: (Fetched & { named: string; from: string; isEncoded: boolean })[] = [];
    for (const found of find(rule, store)) {
      const value = member === undefined ? found.value : pickMember(found.value, member, source.shown);
      if (value !== undefined)
        values.push({ ...found, value, named: namedAfter(source, found), from: calledBy(source, found), isEncoded: rule.base64 });
    }
    if (values.length === 0 && rule.fallback === undefined)
      misses.push({ shown: shownWith(source, member), required: rule.required, rule: rule.text });
    if (values.length === 0 && rule.fallback !== undefined && source.kind !== "children") {
      const name = source.kind === "secret" ? source.id : source.name;
      values.push({
        name,
        named: bareName(name),
        from: `default of ${source.shown}`,
        value: new Secret(rule.fallback),
        version: "",
        isEncoded: false,
      });
    }
    for (const { value, named, from, version, isEncoded } of values) {
      if (target.kind === "file") {
        files.push({
          target,
          from,
          version,
          rule: rule.text,
          content: isEncoded ? decodeBase64(value, source.shown) : bytesOf(value),
        });
        continue;
      }
      const text = isEncoded ? decodeBase64Text(value, source.shown) : value;
      const members = target.json ? allMembers(text, from) : [[named, text] as const];
      for (const [name, one] of members) {
        assignments.push({
          variable: variableName(name, target, sanitize),
          value: one,
          from,
          version,
          explicit: target.name !== undefined,
          replacesReference: target.replacesReference,
        });
      }
    }
  }
  return { assignments, files, misses };
}
