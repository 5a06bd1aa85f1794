import type { BinaryOperator, Expression, UnaryOperator } from "../syntax/ast.ts";
import type { Compiler } from "./compiler.ts";
import type { Emitter } from "./emitter.ts";
import { op } from "./op.ts";
import type { Scope } from "./scope.ts";

const unary: Readonly<Record<UnaryOperator, number>> = { "!": op.not, "-": op.negate, "+": op.plus, "~": op.bitNot };
const binary: Readonly<Record<Exclude<BinaryOperator, "&&" | "||">, number>> = {
  "*": op.multiply,
  "/": op.divide,
  "%": op.modulo,
  "+": op.add,
  "-": op.subtract,
  "<<": op.shiftLeft,
  ">>": op.shiftRight,
  "<": op.less,
  ">": op.greater,
  "<=": op.lessOrEqual,
  ">=": op.greaterOrEqual,
  in: op.in,
  "==": op.equal,
  "!=": op.notEqual,
  "&": op.bitAnd,
  "^": op.bitXor,
  "|": op.bitOr,
};

type Operation = Extract<Expression, { kind: "unary" | "binary" }>;
type Chain = Extract<Expression, { kind: "index" | "slice" | "apply" }>;

/** Emits operators. `a + b + c + ...` leans to the left, so its depth is unwound in a loop. */
export function emitOperation(compiler: Compiler, out: Emitter, operation: Operation, scope: Scope): void {
  const spine: Extract<Expression, { kind: "binary" }>[] = [];
  let left: Expression = operation;
  for (; left.kind === "binary"; left = left.left) spine.push(left);
  if (left.kind === "unary") {
    compiler.emit(out, left.operand, scope);
    out.emitAt(left, unary[left.operator]);
  } else {
    compiler.emit(out, left, scope);
  }
  for (const node of spine.reverse()) {
    if (node.operator === "&&" || node.operator === "||") {
      out.unit.places.push(out.here, node.left.start, node.left.end);
      const end = out.jump(node.operator === "&&" ? op.and : op.or);
      compiler.emit(out, node.right, scope);
      out.emitAt(node.right, op.boolean);
      out.land(end);
    } else {
      compiler.emit(out, node.right, scope);
      out.emitAt(node, binary[node.operator]);
    }
  }
}

/** Emits `a.b[c](d)...`, unwound like operators. */
export function emitChain(compiler: Compiler, out: Emitter, chain: Chain, scope: Scope, isLast: boolean): void {
  const spine: Chain[] = [];
  let target: Expression = chain;
  for (; target.kind === "index" || target.kind === "slice" || target.kind === "apply"; target = target.target) spine.push(target);
  const [innermost] = spine.slice(-1);
  const known = innermost && findKnown(compiler, target, innermost, scope);
  if (known === undefined) {
    compiler.emit(out, target, scope);
  } else {
    out.emit(op.value, out.value(known));
    spine.pop();
  }
  for (const node of spine.reverse()) {
    if (node.kind === "apply") {
      emitCall(compiler, out, node, scope, isLast && node === chain);
    } else if (node.kind === "slice") {
      for (let i = 0; i < 3; i++) {
        const bound = node.bounds[i];
        if (bound === undefined) out.emit(op.value, out.value(null));
        else compiler.emit(out, bound, scope);
      }
      out.emitAt(node, op.slice);
    } else if (node.index.kind === "literal" && typeof node.index.value === "string") {
      out.emitAt(node, op.field, out.name(node.index.value));
    } else {
      compiler.emit(out, node.index, scope);
      out.emitAt(node, op.index);
    }
  }
}

/** The library's value for `std.name`, unless the program has a `std` of its own there. */
function findKnown(compiler: Compiler, target: Expression, next: Chain, scope: Scope): ReturnType<Compiler["library"]> {
  if (target.kind !== "variable" || target.name !== "std" || next.kind !== "index" || next.index.kind !== "literal") return undefined;
  if (scope.find("std")?.scope !== compiler.root) return undefined;
  return compiler.library(String(next.index.value));
}

function emitCall(compiler: Compiler, out: Emitter, node: Extract<Expression, { kind: "apply" }>, scope: Scope, isLast: boolean): void {
  for (const argument of [...node.positional, ...node.named.map(({ value }) => value)]) {
    if (node.tailstrict) compiler.emit(out, argument, scope);
    else compiler.emitLazy(out, argument, scope, "function_argument");
  }
  const call = out.unit.calls.push({ positional: node.positional.length, named: node.named.map(({ name }) => name) }) - 1;
  out.emitAt(node, isLast && node.tailstrict ? op.tailCall : op.call, call);
}
