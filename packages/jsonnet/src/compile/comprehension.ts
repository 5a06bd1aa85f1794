import type { Comprehension, Expression } from "../syntax/ast.ts";
import type { Compiler } from "./compiler.ts";
import type { Emitter } from "./emitter.ts";
import { compileField } from "./object-literal.ts";
import { op } from "./op.ts";
import { Frame, Scope } from "./scope.ts";
import { layerPlace } from "./unit.ts";

type ArrayComprehension = Extract<Expression, { kind: "array-comprehension" }>;
type ObjectComprehension = Extract<Expression, { kind: "object-comprehension" }>;

export function emitArrayComprehension(compiler: Compiler, out: Emitter, { body, steps }: ArrayComprehension, scope: Scope): void {
  out.emit(op.array, 0);
  emitLoops(compiler, out, steps, scope, (inner, loops) => {
    compiler.emitLazy(out, body, inner, "array_element");
    out.emit(op.collect, loops);
  });
}

export function emitObjectComprehension(compiler: Compiler, out: Emitter, comprehension: ObjectComprehension, scope: Scope): void {
  const { field, locals, steps } = comprehension;
  out.emit(op.array, 0);
  emitLoops(compiler, out, steps, scope, (inner, loops) => {
    compiler.emit(out, field.name, inner);
    out.emitAt(field.name, op.collectField, loops);
    const frame = new Frame(inner.frame, layerPlace);
    const own = new Scope(frame, inner, true);
    for (const { name } of locals) own.declare(name);
    out.unit.objects.push({
      fields: [compileField(compiler, field, own, inner)],
      locals: locals.map(({ name, value }) => compiler.unit(`thunk <${name}>`, value, own)),
      asserts: [],
      frame,
      shape: undefined,
    });
  });
  out.emitAt(comprehension, op.objectFromList, out.unit.objects.length - 1);
}

/**
 * Emits the loops of a comprehension around what `round` emits for one combination of variables.
 * Every round of a loop has an environment of its own, because the thunks made in it keep it.
 */
function emitLoops(
  compiler: Compiler,
  out: Emitter,
  steps: readonly Comprehension[],
  scope: Scope,
  round: (inner: Scope, loops: number) => void,
): void {
  let inner = scope;
  const heads: { start: number; exit: number; frame: Frame; sizeAt: number }[] = [];
  for (const step of steps) {
    if (step.kind === "for") {
      compiler.emit(out, step.list, inner);
      out.emitAt(step.list, op.iterate);
      out.emit(op.value, out.value(0));
      const start = out.here;
      const exit = out.jump(op.next);
      const frame = new Frame(inner.frame);
      inner = new Scope(frame, inner);
      inner.declare(step.name);
      heads.push({ start, exit, frame, sizeAt: out.here });
      out.emit(0);
    } else {
      compiler.emit(out, step.condition, inner);
      out.unit.places.push(out.here, step.condition.start, step.condition.end);
      const skip = out.jump(op.branch);
      const pass = out.jump(op.jump);
      out.land(skip);
      out.emit(op.leave, op.jump, heads.at(-1)?.start ?? 0);
      out.land(pass);
    }
  }
  round(inner, heads.length);
  // `collect` has left the innermost round; each loop that ends leaves the round of the loop around it.
  for (const [i, { start, exit, frame, sizeAt }] of [...heads.entries()].reverse()) {
    if (i < heads.length - 1) out.emit(op.leave);
    out.emit(op.jump, start);
    out.land(exit);
    out.unit.code[sizeAt] = frame.size;
  }
}
