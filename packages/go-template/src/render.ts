import { toHost } from "./byte-text.ts";
import { createEvaluator } from "./evaluator.ts";
import type { Functions, MissingField } from "./evaluator.ts";
import { sortedEntries } from "./format-value.ts";
import { elementsOf, isList, isMap, isTrue, toInteger, typeName } from "./go-value.ts";
import { checkLength, defaultMaxSteps } from "./limits.ts";
import { locator } from "./position.ts";
import type { Position } from "./position.ts";
import { print } from "./printf.ts";
import { Deferred, Incomplete } from "./signal.ts";
import { checkFunctions } from "./template.ts";
import type { Template } from "./template.ts";
import type { Block, Node, Pipeline } from "./tree.ts";

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

type Jump = "break" | "continue" | undefined;

/**
 * The text of a template. The same template, functions and data give the same text.
 * Throws `TemplateError` (phase "render"; "parse" for an unknown function), `Incomplete` after calls that threw `Deferred`,
 * and whatever else a function throws that is no plain error.
 */
export function render(template: Template, options: RenderOptions = {}): string {
  const { source, nodes } = template;
  const { functions = {}, data: given, missingField = "no-value", maxSteps = defaultMaxSteps, onPrint } = options;
  checkFunctions(template, functions);
  const data = given ?? undefined;
  const { evaluate, fail, assign, variables, pending } = createEvaluator(source, functions, missingField, data);
  const locate = locator(source.text);
  const parts: string[] = [];
  let [length, steps] = [0, 0];

  function count(): void {
    if (++steps > maxSteps) throw new RangeError(`the template takes more than ${maxSteps} steps`);
  }

  function write(text: string): void {
    length += text.length;
    checkLength(length);
    parts.push(text);
  }

  /** The jump that ended the list early, if any. */
  function walkAll(dot: unknown, list: readonly Node[]): Jump {
    for (const node of list) {
      count();
      const jump = walk(dot, node);
      if (jump) return jump;
    }
    return undefined;
  }

  function walk(dot: unknown, node: Node): Jump {
    switch (node.kind) {
      case "text":
        write(node.text);
        return undefined;
      case "pipeline":
        printValue(evaluate(dot, node), node);
        return undefined;
      case "break":
      case "continue":
        return node.kind;
      default: {
        const visible = variables.length;
        const jump = node.kind === "range" ? walkRange(dot, node) : walkBranches(dot, node);
        variables.length = visible;
        return jump;
      }
    }
  }

  function printValue(value: unknown, { variables: declared, start, text: call }: Pipeline): void {
    if (declared.length > 0 || value instanceof Deferred) return;
    if (typeof value === "function") fail(`can't print ${call} of type ${typeName(value)}`);
    const text = value === undefined ? "<no value>" : print([value]);
    write(text);
    onPrint?.({ text: toHost(text), call, ...locate(start) });
  }

  function walkBranches(dot: unknown, { kind, branches, otherwise }: Block): Jump {
    for (const { pipe, body } of branches) {
      const value = evaluate(dot, pipe);
      if (value instanceof Deferred) return undefined;
      if (isTrue(value)) return walkAll(kind === "with" ? value : dot, body);
    }
    return walkAll(dot, otherwise);
  }

  function walkRange(dot: unknown, { branches, otherwise }: Block): Jump {
    const [branch] = branches;
    const value = branch && evaluate(dot, branch.pipe);
    if (!branch || value instanceof Deferred) return undefined;
    const [first, second] = branch.pipe.variables;
    const visible = variables.length;
    let isEmpty = true;
    for (const [key, element] of iterate(value, second !== undefined)) {
      isEmpty = false;
      count();
      // The pipeline declared the variables already; each round gives them its values.
      if (first) assign(first, second ? key : element);
      if (second) assign(second, element);
      const jump = walkAll(element, branch.body);
      variables.length = visible;
      if (jump === "break") break;
    }
    const jump = isEmpty ? walkAll(dot, otherwise) : undefined;
    // In Go a break in the else part of an inner range ends that range, not the outer one; a continue does reach the outer one.
    return jump === "break" ? undefined : jump;
  }

  function* iterate(value: unknown, hasKey: boolean): Generator<readonly [unknown, unknown]> {
    const end = toInteger(value);
    if (end !== undefined) {
      if (hasKey) fail(`can't use ${end} to iterate over more than one variable`);
      for (let at = 0n; at < end; at++) yield [at, at];
    } else if (isList(value)) {
      for (const [at, element] of elementsOf(value).entries()) yield [BigInt(at), element];
    } else if (isMap(value)) {
      yield* sortedEntries(value);
    } else if (value !== undefined) {
      fail(`range can't iterate over ${print([value])}`);
    }
  }

  try {
    walkAll(data, nodes);
  } catch (error) {
    // A limit of ours or of the JavaScript engine.
    if (error instanceof RangeError) fail(error.message, { cause: error });
    throw error;
  }
  if (pending.length > 0) throw new Incomplete(source.name, pending);
  return toHost(parts.join(""));
}
