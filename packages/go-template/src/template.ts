import { builtinNames } from "./builtins.ts";
import { suggest } from "./did-you-mean.ts";
import type { Functions } from "./evaluator.ts";
import { parseNodes } from "./parser.ts";
import type { Source } from "./position.ts";
import { quoteGo } from "./quoting.ts";
import { TemplateError } from "./template-error.ts";
import type { Node } from "./tree.ts";
import { collectUses } from "./uses.ts";
import type { Uses } from "./uses.ts";

/** A template that was read without error. It keeps no state and can be rendered any number of times. */
export interface Template {
  readonly source: Source;
  readonly nodes: readonly Node[];
  /** Functions called and data fields read, for callers that want to check or prepare them. */
  readonly uses: Uses;
}

export interface ParseOptions {
  /** The functions `render` will get. With them an unknown name is found here; without, `render` finds it before it writes anything. */
  readonly functions?: Functions;
}

/**
 * Read a template. `name` is what errors call it, normally the file's name.
 * Throws `TemplateError` (phase "parse") at the first mistake.
 */
export function parse(text: string, name: string, { functions }: ParseOptions = {}): Template {
  const source: Source = { name, text: text.toWellFormed() };
  const nodes = parseNodes(source);
  const template: Template = { source, nodes, uses: collectUses(source, nodes) };
  if (functions !== undefined) checkFunctions(template, functions);
  return template;
}

/** Throw Go's parse error for the first call of a function that is neither built in nor given. */
export function checkFunctions({ source, uses }: Template, functions: Functions): void {
  const names = new Set([...builtinNames, ...Object.keys(functions)]);
  const unknown = uses.functions.find((use) => !names.has(use.name));
  if (unknown === undefined) return;
  const hint = unknown.name === "call" ? "there are no values to call here" : suggest(unknown.name, names);
  throw new TemplateError("parse", source, unknown.start, `function ${quoteGo(unknown.name)} not defined`, {
    call: unknown.call,
    ...(hint === undefined ? {} : { hint }),
  });
}
