import type { Expression, Field, Visibility } from "../syntax/ast.ts";
import type { Compiler } from "./compiler.ts";
import { Emitter } from "./emitter.ts";
import { op } from "./op.ts";
import { Frame, Scope } from "./scope.ts";
import { layerPlace, type FieldCode, type ObjectCode, type Shape, type Unit } from "./unit.ts";

type ObjectLiteral = Extract<Expression, { kind: "object" }>;

/** Whether making the object runs no code: its fields, locals and asserts run later. */
export function isPlainObject({ members }: ObjectLiteral): boolean {
  return members.every((member) => member.kind !== "field" || !member.computed);
}

export function emitObject(compiler: Compiler, out: Emitter, literal: ObjectLiteral, scope: Scope): void {
  const frame = new Frame(scope.frame, layerPlace);
  const inner = new Scope(frame, scope, true);
  const fields: FieldCode[] = [];
  const asserts: Unit[] = [];
  const binds = literal.members.flatMap((member) => (member.kind === "local" ? [member.bind] : []));
  for (const { name } of binds) inner.declare(name);
  const locals = binds.map(({ name, value }) => compiler.unit(`thunk <${name}>`, value, inner));

  for (const member of literal.members) {
    if (member.kind === "field") {
      if (member.computed) {
        compiler.emit(out, member.name, scope);
        out.unit.places.push(out.here, member.name.start, member.name.end);
      }
      fields.push(compileField(compiler, member, inner, scope));
    } else if (member.kind === "assert") {
      const check = new Emitter("object <anonymous>", compiler.source);
      compiler.emitAssert(check, member, member.condition, member.message, inner, "Object assertion failed.");
      check.emit(op.value, check.value(null), op.return);
      asserts.push(check.unit);
    }
  }
  const code: ObjectCode = { fields, locals, asserts, frame, shape: makeShape(fields) };
  out.emitAt(literal, op.object, out.unit.objects.push(code) - 1);
}

/** Code for a field in the object's own scope. For `+:` it asks the layers below first, and so needs a computed name again. */
export function compileField(compiler: Compiler, field: Field, scope: Scope, around: Scope): FieldCode {
  const name = field.computed || field.name.kind !== "literal" ? undefined : String(field.name.value);
  const out = new Emitter("object <anonymous>", compiler.source);
  if (field.inherits) {
    compiler.emit(out, field.name, new Scope(scope.frame, around));
    out.emitAt(field, op.inherited, 0);
  }
  compiler.emit(out, field.value, scope, !field.inherits);
  if (field.inherits) out.emitAt(field, op.extend);
  out.emit(op.return);
  return { name, visibility: field.visibility, unit: out.unit };
}

function makeShape(fields: readonly FieldCode[]): Shape | undefined {
  const names: string[] = [];
  const index = new Map<string, number>();
  const visibilities: Visibility[] = [];
  for (const { name, visibility } of fields) {
    if (name === undefined) return undefined;
    index.set(name, names.push(name) - 1);
    visibilities.push(visibility);
  }
  return { names, index, visibilities };
}
