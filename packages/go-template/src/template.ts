import { builtins } from "./builtins.ts";
import { suggest } from "./did-you-mean.ts";
import type { Functions } from "./evaluator.ts";
import { parseNodes } from "./parser.ts";
import type { Name } from "./pipeline-parser.ts";
import { locator } from "./position.ts";
import type { Position, Source } from "./position.ts";
import { quoteGo } from "./quoting.ts";
import { TemplateError } from "./template-error.ts";
import type { Node } from "./tree.ts";

/** A place where a template names something of its surroundings. */
export interface Use extends Name, Position {}

/** What a template needs: the functions it calls and the fields of the data it reads, in the order of the text. */
export interface Uses {
  readonly functions: readonly Use[];
  /** Fields of the data only: inside `with` and `range` a `.x` belongs to another value and is left out, `$.x` is not. */
  readonly fields: readonly Use[];
}

/** A template that was read without error. It keeps no state and can be rendered any number of times. */
export interface Template {
  readonly source: Source;
  readonly nodes: readonly Node[];
  /** For callers that want to check or prepare what the template needs. */
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
  const source = { name, text: text.toWellFormed() };
  const { nodes, names } = parseNodes(source);
  const locate = locator(source.text);
  const place = (use: Name): Use => ({ ...use, ...locate(use.start) });
  const template = { source, nodes, uses: { functions: names.functions.map(place), fields: names.fields.map(place) } };
  if (functions) checkFunctions(template, functions);
  return template;
}

/** Throw Go's parse error for the first call of a function that is neither built in nor given. */
export function checkFunctions({ source, uses }: Template, functions: Functions): void {
  const names = new Set(Object.keys({ ...builtins, ...functions }));
  for (const { name, call, start } of uses.functions) {
    if (names.has(name)) continue;
    const hint = name === "call" ? "there are no values to call here" : suggest(name, names);
    throw new TemplateError("parse", source, start, `function ${quoteGo(name)} not defined`, { call, hint });
  }
}
