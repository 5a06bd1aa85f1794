import { toHost } from "./byte-text.ts";
import { builtins, countProblem } from "./builtins.ts";
import { callText } from "./call-text.ts";
import { suggest } from "./did-you-mean.ts";
import { Byte, isMap, isTrue, typeName } from "./go-value.ts";
import { checkLength } from "./limits.ts";
import { locate } from "./position.ts";
import type { Source } from "./position.ts";
import { quoteGo } from "./quoting.ts";
import { Deferred, Signal } from "./signal.ts";
import type { Pending } from "./signal.ts";
import { TemplateError } from "./template-error.ts";
import type { Command, Operand, Path, Pipeline } from "./tree.ts";
import { Variables } from "./variables.ts";

/** A function of the caller: any number of operands in, one value out; see `Kind` for how values correspond to Go's. */
export type TemplateFunction = (...operands: unknown[]) => unknown;
export type Functions = Readonly<Record<string, TemplateFunction>>;

/** What a field of nil and a missing map entry are: `<no value>` as in Go, or an error. */
export type MissingField = "no-value" | "error";

/** A value of the caller's as the evaluator holds it: strings without lone surrogates. */
export const fromHost = (value: unknown): unknown => (typeof value === "string" ? value.toWellFormed() : value);

const forHost = (value: unknown): unknown => (typeof value === "string" ? toHost(value) : value instanceof Byte ? value.value : value);

/**
 * Computes pipelines. A value that is a `Deferred` stands for one that is not known yet: what depends on it is not computed
 * but becomes the same `Deferred`.
 */
export class Evaluator {
  readonly variables: Variables;
  readonly pending: Pending[] = [];
  readonly #source: Source;
  readonly #functions: Functions;
  readonly #missingField: MissingField;
  /** What is being computed, for error messages. */
  #node: Operand | Command | Pipeline;

  constructor(source: Source, functions: Functions, missingField: MissingField, data: unknown) {
    this.#source = source;
    this.#functions = functions;
    this.#missingField = missingField;
    this.#node = { kind: "dot", start: 0 };
    this.variables = new Variables(data);
  }

  fail(detail: string, { hint, cause }: { hint?: string | undefined; cause?: unknown } = {}): never {
    throw new TemplateError("render", this.#source, this.#node.start, detail, {
      call: callText(this.#node),
      cause,
      ...(hint === undefined ? {} : { hint }),
    });
  }

  /** The value of a pipeline, stored in its variables. A nil of a list or map leaves a pipeline as the missing value, as in Go. */
  evaluate(dot: unknown, pipeline: Pipeline): unknown {
    this.#node = pipeline;
    let final: readonly unknown[] = [];
    for (const command of pipeline.commands) final = [this.#command(dot, command, final) ?? undefined];
    const [value] = final;
    for (const name of pipeline.variables) {
      if (!pipeline.isAssignment) this.variables.declare(name, value);
      else if (!this.variables.assign(name, value)) this.fail(`undefined variable: ${name}`);
    }
    return value;
  }

  /** `final` holds the value of the command before the `|`, if there is one. */
  #command(dot: unknown, command: Command, final: readonly unknown[]): unknown {
    const [first, ...operands] = command.operands;
    this.#node = first;
    const hasOperands = operands.length + final.length > 0;
    if (first.kind === "function") return this.#call(dot, first.name, command, operands, final);
    if ("path" in first && first.path.length > 0) return this.#fields(this.#receiver(dot, first), first.path, hasOperands);
    if (hasOperands) this.fail(`can't give argument to non-function ${callText(first)}`);
    if (first.kind === "nil") this.fail("nil is not a command");
    return this.#operand(dot, first);
  }

  /** An operand in the place of an argument. */
  #operand(dot: unknown, operand: Operand): unknown {
    this.#node = operand;
    switch (operand.kind) {
      case "bool":
      case "number":
      case "string":
        return operand.value;
      case "overflow":
        return this.fail(operand.problem);
      case "nil":
        return undefined;
      case "dot":
        return dot;
      case "function":
        return this.#call(dot, operand.name, operand, [], []);
      case "pipeline":
        return this.evaluate(dot, operand);
      default:
        return this.#fields(this.#receiver(dot, operand), operand.path, false);
    }
  }

  /** The value a field path starts from. */
  #receiver(dot: unknown, operand: Path): unknown {
    if (operand.kind === "field") return dot;
    if (operand.kind === "chain") {
      const value = this.#operand(dot, operand.of);
      this.#node = operand;
      return value;
    }
    const variable = this.variables.find(operand.name);
    return variable === undefined ? this.fail(`undefined variable: ${operand.name}`) : variable.value;
  }

  #fields(receiver: unknown, path: readonly string[], hasOperands: boolean): unknown {
    return path.reduce((value, name, at) => this.#field(value, name, hasOperands && at === path.length - 1), receiver);
  }

  #field(receiver: unknown, name: string, hasOperands: boolean): unknown {
    if (receiver instanceof Deferred) return receiver;
    const isStrict = this.#missingField === "error";
    if (receiver === undefined) {
      if (!isStrict) return undefined;
      const hint = this.#node.kind === "chain" ? undefined : `to keep it as text write {{ "{{${callText(this.#node)}}}" }}`;
      return this.fail(`nil data; no entry for key ${quoteGo(name)}`, { hint });
    }
    if (receiver === null) return this.fail(`nil pointer evaluating interface {}.${name}`);
    if (!isMap(receiver)) return this.fail(`can't evaluate field ${name} in type ${typeName(receiver)}`);
    if (hasOperands) this.fail(`${name} is not a method but has arguments`);
    if (Object.hasOwn(receiver, name)) return fromHost(receiver[name]);
    if (!isStrict) return undefined;
    return this.fail(`map has no entry for key ${quoteGo(name)}`, { hint: suggest(name, Object.keys(receiver)) });
  }

  #call(dot: unknown, name: string, node: Command | Operand, operands: readonly Operand[], final: readonly unknown[]): unknown {
    if (Object.hasOwn(this.#functions, name)) {
      const values = this.#operands(dot, operands, final);
      return values instanceof Deferred ? values : this.#guard(name, node, () => this.#callHost(name, values));
    }
    const builtin = builtins.get(name);
    if (builtin === undefined) return this.fail(`${quoteGo(name)} is not a defined function`);
    const problem = countProblem(builtin, operands.length, final.length);
    if (problem !== undefined) this.fail(`wrong number of args for ${name}: ${problem}`);
    if (name === "and" || name === "or") return this.#shortCircuit(dot, name === "or", operands, final);
    if (name === "printf" && operands[0] !== undefined) this.#requireStringLiteral(operands[0]);
    const values = this.#operands(dot, operands, final);
    if (values instanceof Deferred) return values;
    if (name === "printf") this.#requireString(values[0]);
    return this.#guard(name, node, () => builtin.run(values));
  }

  /** Evaluate all operands even when one is not known, so that all unknown ones are found. */
  #operands(dot: unknown, operands: readonly Operand[], final: readonly unknown[]): readonly unknown[] | Deferred {
    const values: unknown[] = [];
    // A loop and no map(), which would add two frames of stack to each nested call.
    for (const operand of operands) values.push(this.#operand(dot, operand));
    values.push(...final);
    return values.find((value) => value instanceof Deferred) ?? values;
  }

  #shortCircuit(dot: unknown, stopAt: boolean, operands: readonly Operand[], final: readonly unknown[]): unknown {
    let value: unknown;
    for (const operand of operands) {
      value = this.#operand(dot, operand);
      if (value instanceof Deferred || isTrue(value) === stopAt) return value;
    }
    return final.length > 0 ? final[0] : value;
  }

  #requireStringLiteral(operand: Operand): void {
    this.#node = operand;
    if (operand.kind === "nil") this.fail("cannot assign nil to string");
    if (operand.kind === "bool" || operand.kind === "number" || operand.kind === "overflow") {
      this.fail(`expected string; found ${operand.literal}`);
    }
  }

  #requireString(value: unknown): void {
    if (typeof value === "string") return;
    this.fail(value === undefined ? "invalid value; expected string" : `wrong type for value; expected string; got ${typeName(value)}`);
  }

  #callHost(name: string, operands: readonly unknown[]): unknown {
    const result = this.#functions[name]?.(...operands.map(forHost));
    if (result instanceof Promise) throw new Error("the function returned a promise, it has to return a value");
    return fromHost(result);
  }

  /** Run a function. Errors get the position; signals pass; a `Deferred` is noted and becomes the value. */
  #guard(name: string, node: Command | Operand, run: () => unknown): unknown {
    try {
      const value = run();
      return typeof value === "string" ? checkLength(value) : value;
    } catch (error) {
      this.#node = node;
      if (error instanceof Deferred) {
        this.pending.push({ reason: error, call: callText(node), ...locate(this.#source.text, node.start) });
        return error;
      }
      if (error instanceof Signal || !(error instanceof Error)) throw error;
      return this.fail(`error calling ${name}: ${error.message}`, { cause: error });
    }
  }
}
