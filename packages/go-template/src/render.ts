import { toHost } from "./byte-text.ts";
import { callText } from "./call-text.ts";
import { Evaluator, fromHost } from "./evaluator.ts";
import type { Functions, MissingField } from "./evaluator.ts";
import { sortedEntries } from "./format-value.ts";
import { Byte, isList, isMap, isTrue, toInteger, typeName } from "./go-value.ts";
import { LimitError, defaultMaxSteps, isHostLimit, maxLength } from "./limits.ts";
import { locator } from "./position.ts";
import type { Position } from "./position.ts";
import { print } from "./printf.ts";
import { Deferred, Incomplete } from "./signal.ts";
import { checkFunctions } from "./template.ts";
import type { Template } from "./template.ts";
import type { Node, Pipeline } from "./tree.ts";

/** A text that an action wrote: the text, and where the action stands and how it reads. */
export interface Printed extends Position {
  readonly text: string;
  readonly call: string;
}

export interface RenderOptions {
  /** Functions besides the built-in ones; they win over these. */
  readonly functions?: Functions;
  /** What `.` is at the start. */
  readonly data?: unknown;
  /** Default "no-value", which is Go's. */
  readonly missingField?: MissingField;
  /** Bound on actions, texts and iterations, so that no template runs for ever. */
  readonly maxSteps?: number;
  /** Told of each text an action writes, for callers that check what templates insert. */
  readonly onPrint?: (printed: Printed) => void;
}

/**
 * The text of a template. The same template, functions and data give the same text.
 * Throws `TemplateError` (phase "render"; "parse" for an unknown function), `Incomplete` after calls that threw `Deferred`,
 * and whatever else a function throws that is no plain error.
 */
export function render(template: Template, options: RenderOptions = {}): string {
  checkFunctions(template, options.functions ?? {});
  const renderer = new Renderer(template, options);
  const text = renderer.run();
  if (renderer.pending.length > 0) throw new Incomplete(template.source.name, renderer.pending);
  return text;
}

type Jump = "break" | "continue" | undefined;

class Renderer {
  readonly #template: Template;
  readonly #options: RenderOptions;
  readonly #evaluator: Evaluator;
  readonly #data: unknown;
  readonly #locate: (offset: number) => Position;
  readonly #parts: string[] = [];
  #length = 0;
  #steps = 0;

  constructor(template: Template, options: RenderOptions) {
    this.#template = template;
    this.#options = options;
    this.#locate = locator(template.source.text);
    this.#data = fromHost(options.data ?? undefined);
    this.#evaluator = new Evaluator(template.source, options.functions ?? {}, options.missingField ?? "no-value", this.#data);
  }

  get pending(): Evaluator["pending"] {
    return this.#evaluator.pending;
  }

  run(): string {
    try {
      this.#walkAll(this.#data, this.#template.nodes);
      return toHost(this.#parts.join(""));
    } catch (error) {
      if (error instanceof LimitError) return this.#evaluator.fail(error.message);
      if (isHostLimit(error))
        return this.#evaluator.fail("the template needs more stack or memory than this runtime has", { cause: error });
      throw error;
    }
  }

  #count(): void {
    const limit = this.#options.maxSteps ?? defaultMaxSteps;
    if (++this.#steps > limit) throw new LimitError(`the template takes more than ${limit} steps`);
  }

  #write(text: string): void {
    this.#length += text.length;
    if (this.#length > maxLength) throw new LimitError(`the output grows over ${maxLength} characters`);
    this.#parts.push(text);
  }

  #walkAll(dot: unknown, nodes: readonly Node[]): Jump {
    for (const node of nodes) {
      const jump = this.#walk(dot, node);
      if (jump !== undefined) return jump;
    }
    return undefined;
  }

  #walk(dot: unknown, node: Node): Jump {
    this.#count();
    switch (node.kind) {
      case "text":
        this.#write(node.text);
        return undefined;
      case "action":
        this.#print(this.#evaluator.evaluate(dot, node.pipeline), node.pipeline);
        return undefined;
      case "if":
      case "with":
        return this.#inScope(() => this.#walkBranches(dot, node));
      case "range":
        return this.#inScope(() => this.#walkRange(dot, node));
      default:
        return node.kind;
    }
  }

  #inScope(walk: () => Jump): Jump {
    const { variables } = this.#evaluator;
    const mark = variables.enter();
    const jump = walk();
    variables.leave(mark);
    return jump;
  }

  #print(value: unknown, pipeline: Pipeline): void {
    if (pipeline.variables.length > 0 || value instanceof Deferred) return;
    if (typeof value === "function" || typeof value === "symbol") {
      this.#evaluator.fail(`can't print ${callText(pipeline)} of type ${typeName(value)}`);
    }
    const text = value === undefined ? "<no value>" : print([value]);
    this.#write(text);
    this.#options.onPrint?.({ text: toHost(text), call: callText(pipeline), ...this.#locate(pipeline.start) });
  }

  #walkBranches(dot: unknown, node: Node & { readonly kind: "if" | "with" }): Jump {
    for (const { condition, body } of node.branches) {
      const value = this.#evaluator.evaluate(dot, condition);
      if (value instanceof Deferred) return undefined;
      if (isTrue(value)) return this.#walkAll(node.kind === "with" ? value : dot, body);
    }
    return this.#walkAll(dot, node.otherwise);
  }

  #walkRange(dot: unknown, node: Node & { readonly kind: "range" }): Jump {
    const value = this.#evaluator.evaluate(dot, node.over);
    if (value instanceof Deferred) return undefined;
    const { variables } = this.#evaluator;
    const [first, second] = node.over.variables;
    let isEmpty = true;
    for (const [key, element] of this.#iterate(value, node.over.variables.length)) {
      isEmpty = false;
      this.#count();
      // The pipeline declared the variables already; each round gives them its values.
      if (first !== undefined) variables.assign(first, second === undefined ? element : key);
      if (second !== undefined) variables.assign(second, element);
      const jump = this.#inScope(() => this.#walkAll(element, node.body));
      if (jump === "break") break;
    }
    if (!isEmpty) return undefined;
    const jump = this.#walkAll(dot, node.otherwise);
    // In Go a break in the else part of an inner range ends that range, not the outer one; a continue does reach the outer one.
    return jump === "break" ? undefined : jump;
  }

  *#iterate(value: unknown, variableCount: number): Generator<readonly [unknown, unknown]> {
    const count = toInteger(value);
    if (count !== undefined) {
      if (variableCount > 1) this.#evaluator.fail(`can't use ${count} to iterate over more than one variable`);
      for (let at = 0n; at < count; at++) yield [undefined, value instanceof Byte ? new Byte(Number(at)) : at];
    } else if (isList(value)) {
      for (const [at, element] of value.entries()) yield [BigInt(at), fromHost(element)];
    } else if (value instanceof Uint8Array) {
      for (const [at, byte] of value.entries()) yield [BigInt(at), new Byte(byte)];
    } else if (isMap(value)) {
      for (const [key, element] of sortedEntries(value)) yield [fromHost(key), fromHost(element)];
    } else if (value !== undefined) {
      this.#evaluator.fail(`range can't iterate over ${print([value])}`);
    }
  }
}
