import { builtins } from "./builtins.ts";
import { toHost } from "./byte-text.ts";
import { suggest } from "./did-you-mean.ts";
import { Byte, isMap, isTrue, typeName } from "./go-value.ts";
import { checkLength } from "./limits.ts";
import { locate } from "./position.ts";
import type { Source } from "./position.ts";
import { quoteGo } from "./quoting.ts";
import { countProblem, refuse, textProblem } from "./refusal.ts";
import { Deferred, Signal } from "./signal.ts";
import type { Pending } from "./signal.ts";
import { TemplateError } from "./template-error.ts";
import type { Command, Operand, Pipeline } from "./tree.ts";

/** A function of the caller: any number of operands in, one value out; see go-value.ts for how values correspond to Go's. */
export type TemplateFunction = (...operands: unknown[]) => unknown;
export type Functions = Readonly<Record<string, TemplateFunction>>;

/** What a field of nil and a missing map entry are: `<no value>` as in Go, or an error. */
export type MissingField = "no-value" | "error";

const forHost = (value: unknown): unknown => (typeof value === "string" ? toHost(value) : value instanceof Byte ? value.value : value);

interface Variable {
  readonly name: string;
  value: unknown;
}

/**
 * Computes pipelines. A value that is a `Deferred` stands for one that is not known yet: what depends on it is not computed
 * but becomes the same `Deferred`.
 */
export interface Evaluator {
  /** The value of a pipeline, stored in its variables. */
  evaluate(dot: unknown, pipe: Pipeline): unknown;
  /** Throw a `TemplateError` about what was evaluated last. */
  fail(detail: string, details?: { readonly hint?: string | undefined; readonly cause?: unknown }): never;
  assign(name: string, value: unknown): void;
  /** Innermost last; a name may be declared again in an inner block. Cut back at the end of a block. */
  readonly variables: Variable[];
  readonly pending: Pending[];
}

export function createEvaluator(source: Source, functions: Functions, missingField: MissingField, data: unknown): Evaluator {
  const variables: Variable[] = [{ name: "$", value: data }];
  const pending: Pending[] = [];
  let current: { readonly start: number; readonly text: string } = { start: 0, text: "" };

  const fail: Evaluator["fail"] = (detail, details) => {
    throw new TemplateError("render", source, current.start, detail, { call: current.text, ...details });
  };
  const find = (name: string): Variable => variables.findLast((variable) => variable.name === name) ?? fail(`undefined variable: ${name}`);
  const assign = (name: string, value: unknown): void => {
    find(name).value = value;
  };

  function evaluate(dot: unknown, pipe: Pipeline): unknown {
    current = pipe;
    let final: readonly unknown[] = [];
    // A nil of a list or map leaves a pipeline as the missing value, as in Go.
    for (const command of pipe.commands) final = [runCommand(dot, command, final) ?? undefined];
    const [value] = final;
    for (const name of pipe.variables) {
      if (pipe.isAssignment) assign(name, value);
      else variables.push({ name, value });
    }
    return value;
  }

  /** `final` holds the value of the command before the `|`, if there is one. */
  function runCommand(dot: unknown, command: Command, final: readonly unknown[]): unknown {
    const [first, ...operands] = command.operands;
    current = first;
    if (first.kind === "function") return callFunction(dot, first.text, command, operands, final);
    const hasOperands = operands.length + final.length > 0;
    if (hasOperands && first.kind !== "path") fail(`can't give argument to non-function ${first.text}`);
    if (first.kind === "nil") fail("nil is not a command");
    return operandValue(dot, first, hasOperands);
  }

  function operandValue(dot: unknown, operand: Operand, hasOperands = false): unknown {
    current = operand;
    switch (operand.kind) {
      case "literal":
        return operand.overflow ? fail(operand.overflow) : operand.value;
      case "nil":
        return undefined;
      case "dot":
        return dot;
      case "variable":
        return find(operand.text).value;
      case "function":
        return callFunction(dot, operand.text, operand, [], []);
      case "pipeline":
        return evaluate(dot, operand);
      default: {
        let value = operandValue(dot, operand.of);
        current = operand;
        const last = operand.path.length - 1;
        for (const [at, name] of operand.path.entries()) value = fieldOf(value, name, hasOperands && at === last);
        return value;
      }
    }
  }

  function fieldOf(receiver: unknown, name: string, hasOperands: boolean): unknown {
    if (receiver instanceof Deferred) return receiver;
    if (receiver === null) fail(`nil pointer evaluating interface {}.${name}`);
    if (receiver !== undefined) {
      if (!isMap(receiver)) return fail(`can't evaluate field ${name} in type ${typeName(receiver)}`);
      if (hasOperands) fail(`${name} is not a method but has arguments`);
      if (Object.hasOwn(receiver, name)) return receiver[name];
    }
    if (missingField === "no-value") return undefined;
    const key = `no entry for key ${quoteGo(name)}`;
    if (receiver) fail(`map has ${key}`, { hint: suggest(name, Object.keys(receiver)) });
    const { text } = current;
    return fail(`nil data; ${key}`, { hint: /^[.$]/.test(text) ? `to keep it as text write {{ "{{${text}}}" }}` : undefined });
  }

  function callFunction(
    dot: unknown,
    name: string,
    node: Command | Operand,
    operands: readonly Operand[],
    final: readonly unknown[],
  ): unknown {
    const builtin = Object.hasOwn(functions, name) ? undefined : builtins[name];
    if (builtin) {
      const [, min, exact] = builtin;
      const count = operands.length + final.length;
      if (exact === undefined ? count < min : count !== exact) fail(countProblem(name, exact ?? `at least ${min}`, count));
    }
    const [first] = operands;
    const isPrintf = builtin && name === "printf";
    if (isPrintf && first) {
      current = first;
      if (first.kind === "nil") fail("cannot assign nil to string");
      if (first.kind === "literal" && typeof first.value !== "string") fail(`expected string; found ${first.text}`);
    }
    const isLogic = builtin && /^(?:and|or)$/.test(name);
    const values: unknown[] = [];
    // A loop and no map(), which would add two frames of stack to each nested call.
    for (const operand of operands) {
      const value = operandValue(dot, operand);
      if (isLogic && (value instanceof Deferred || isTrue(value) === (name === "or"))) return value;
      values.push(value);
    }
    values.push(...final);
    // Only now, so that all operands that are not known yet were met.
    const unknown = values.find((value) => value instanceof Deferred);
    if (unknown) return unknown;
    const problem = isPrintf && textProblem(values[0]);
    if (problem) fail(problem);
    try {
      const value = builtin ? builtin[0](values) : functions[name]?.(...values.map(forHost));
      if (value instanceof Promise) refuse("the function returned a promise, not a value");
      if (typeof value === "string") checkLength(value.length);
      return value;
    } catch (error) {
      current = node;
      if (error instanceof Deferred) {
        pending.push({ reason: error, call: node.text, ...locate(source.text, node.start) });
        return error;
      }
      if (error instanceof Signal || !(error instanceof Error)) throw error;
      return fail(`error calling ${name}: ${error.message}`, { cause: error });
    }
  }

  return { evaluate, fail, assign, variables, pending };
}
