import { failAt } from "../errors.ts";
import type { Slot } from "../machine/values.ts";
import type { Source } from "../source.ts";
import type { Bind, Expression, Node, Parameter, Program } from "../syntax/ast.ts";
import { emitArrayComprehension, emitObjectComprehension } from "./comprehension.ts";
import { Emitter } from "./emitter.ts";
import { emitObject, isPlainObject } from "./object-literal.ts";
import { op } from "./op.ts";
import { emitChain, emitOperation } from "./operation.ts";
import { Frame, Scope } from "./scope.ts";
import type { FunctionCode, Unit } from "./unit.ts";

/** What the compiler knows of `std`: the value of `std.name`, so that a call of it needs no lookup. */
export type Library = (name: string) => Slot | undefined;

/** A compiled file: its code and the environment it wants, whose first variable is `std`. */
interface FileCode {
  readonly unit: Unit;
  readonly frame: Frame;
}

/** Compiles a file. Throws a static error for an unknown variable, or for `self`, `super` or `$` outside of an object. */
export function compileProgram({ source, body }: Program, library: Library): FileCode {
  const frame = new Frame(undefined);
  const root = new Scope(frame, undefined);
  root.declare("std");
  return { unit: new Compiler(source, library, root).unit("$", body, root), frame };
}

/** Turns expressions into code. One for each file; the other files of this folder extend it by functions that take it. */
export class Compiler {
  readonly source: Source;
  readonly library: Library;
  readonly root: Scope;

  constructor(source: Source, library: Library, root: Scope) {
    this.source = source;
    this.library = library;
    this.root = root;
  }

  /** Code that evaluates `body` and returns its value. */
  unit(name: string, body: Expression, scope: Scope): Unit {
    const out = new Emitter(name, this.source);
    this.emit(out, body, scope, true);
    out.emit(op.return);
    return out.unit;
  }

  /** Emits code that leaves the value of `expression` on the stack. `isLast`: nothing of the unit follows but the return. */
  emit(out: Emitter, expression: Expression, scope: Scope, isLast = false): void {
    switch (expression.kind) {
      case "literal":
        return out.emit(op.value, out.value(expression.value));
      case "self":
        return out.emit(op.self, scope.frame.distance(this.object(expression, scope.self, "self")));
      case "dollar":
        if (scope.dollar === undefined) throw failAt(this.span(expression), "No top-level object found.");
        return out.emit(op.self, scope.frame.distance(scope.dollar));
      case "variable":
        return this.emitVariable(out, expression, expression.name, scope);
      case "array":
        for (const element of expression.elements) this.emitLazy(out, element, scope, "array_element");
        return out.emit(op.array, expression.elements.length);
      case "array-comprehension":
        return emitArrayComprehension(this, out, expression, scope);
      case "object":
        return emitObject(this, out, expression, scope);
      case "object-comprehension":
        return emitObjectComprehension(this, out, expression, scope);
      case "super-index":
        this.emit(out, expression.index, scope);
        return out.emitAt(expression, op.superField, scope.frame.distance(this.object(expression, scope.self, "super")));
      case "in-super":
        this.emit(out, expression.name, scope);
        return out.emitAt(expression, op.inSuper, scope.frame.distance(this.object(expression, scope.self, "super")));
      case "index":
      case "slice":
      case "apply":
        return emitChain(this, out, expression, scope, isLast);
      case "unary":
      case "binary":
        return emitOperation(this, out, expression, scope);
      case "function":
        out.unit.functions.push(this.functionCode(expression.name, expression.parameters, expression.body, scope));
        return out.emit(op.closure, out.unit.functions.length - 1);
      case "error":
        this.emit(out, expression.message, scope);
        return out.emitAt(expression, op.error);
      case "import":
      case "importstr":
      case "importbin":
        return out.emitAt(expression, op[expression.kind], out.name(expression.path));
      case "local":
      case "if":
      case "assert":
        return this.emitBlock(out, expression, scope, isLast);
    }
  }

  /** Emits code that leaves a slot: the value itself where that costs nothing and cannot fail, else a thunk. */
  emitLazy(out: Emitter, expression: Expression, scope: Scope, thunkName: string): void {
    if (this.isPlain(expression)) return this.emit(out, expression, scope);
    if (expression.kind === "variable") {
      const found = this.find(expression, expression.name, scope);
      return out.emit(op.slot, found.up, found.place);
    }
    out.unit.units.push(this.unit(`thunk <${thunkName}>`, expression, scope));
    out.emit(op.thunk, out.unit.units.length - 1);
  }

  /** Binds names that see each other: functions and literals at once, everything else as thunks. */
  emitBinds(out: Emitter, binds: readonly Bind[], scope: Scope): Scope {
    const inner = new Scope(scope.frame, scope);
    const places = binds.map(({ name }) => inner.declare(name));
    for (const [i, { name, value }] of binds.entries()) {
      // A variable's slot may not be filled yet when binds are mutually recursive, so it gets a thunk here.
      if (this.isPlain(value)) this.emit(out, value, inner);
      else out.emit(op.thunk, out.unit.units.push(this.unit(`thunk <${name}>`, value, inner)) - 1);
      out.emit(op.store, places[i] ?? 0);
    }
    return inner;
  }

  functionCode(name: string | undefined, parameters: readonly Parameter[], body: Expression, scope: Scope): FunctionCode {
    const frame = new Frame(scope.frame);
    const inner = new Scope(frame, scope);
    for (const parameter of parameters) inner.declare(parameter.name);
    return {
      name: name ?? "anonymous",
      parameters: parameters.map((parameter) => parameter.name),
      fallbacks: parameters.map(({ name, fallback }) => fallback && this.unit(`thunk <${name}>`, fallback, inner)),
      body: this.unit(`function <${name ?? "anonymous"}>`, body, inner),
      frame,
    };
  }

  span(node: Node): { source: Source; start: number; end: number } {
    return { source: this.source, start: node.start, end: node.end };
  }

  object(node: Node, frame: Frame | undefined, word: string): Frame {
    if (frame === undefined) throw failAt(this.span(node), `Can't use ${word} outside of an object.`);
    return frame;
  }

  find(node: Node, name: string, scope: Scope): { up: number; place: number; scope: Scope } {
    const found = scope.find(name);
    if (found === undefined) throw failAt(this.span(node), `Unknown variable: ${name}`);
    return found;
  }

  private emitVariable(out: Emitter, node: Node, name: string, scope: Scope): void {
    const { up, place } = this.find(node, name, scope);
    if (up === 0) out.emitAt(node, op.own, place);
    else out.emitAt(node, op.variable, up, place);
  }

  // Locals, ifs and asserts come in long chains; the loop keeps those from nesting on the host's stack.
  private emitBlock(out: Emitter, block: Expression, scope: Scope, isLast: boolean): void {
    const ends: number[] = [];
    let rest: Expression | undefined = block;
    let inner = scope;
    while (rest !== undefined) {
      if (rest.kind === "local") {
        inner = this.emitBinds(out, rest.binds, inner);
        rest = rest.body;
      } else if (rest.kind === "assert") {
        this.emitAssert(out, rest, rest.condition, rest.message, inner, "Assertion failed");
        rest = rest.rest;
      } else if (rest.kind === "if") {
        this.emit(out, rest.condition, inner);
        out.unit.places.push(out.here, rest.condition.start, rest.condition.end);
        const otherwise = out.jump(op.branch);
        this.emit(out, rest.consequence, inner, isLast);
        ends.push(out.jump(op.jump));
        out.land(otherwise);
        if (rest.otherwise === undefined) out.emit(op.value, out.value(null));
        rest = rest.otherwise;
      } else {
        this.emit(out, rest, inner, isLast);
        rest = undefined;
      }
    }
    for (const end of ends) out.land(end);
  }

  /** Emits a check that leaves nothing on the stack. */
  emitAssert(out: Emitter, node: Node, condition: Expression, message: Expression | undefined, scope: Scope, fallback: string): void {
    this.emit(out, condition, scope);
    out.unit.places.push(out.here, condition.start, condition.end);
    const failed = out.jump(op.branch);
    const passed = out.jump(op.jump);
    out.land(failed);
    if (message === undefined) out.emit(op.value, out.value(fallback));
    else this.emit(out, message, scope);
    out.emitAt(node, op.error);
    out.land(passed);
  }

  /** Whether evaluating the expression now is cheap, cannot fail and needs no variable. */
  private isPlain(expression: Expression): boolean {
    switch (expression.kind) {
      case "literal":
      case "function":
      case "self":
      case "dollar":
        return true;
      case "array":
        return expression.elements.every((element) => this.isPlain(element));
      case "object":
        return isPlainObject(expression);
      default:
        return false;
    }
  }
}
