import type { FieldCode, ObjectCode, Shape } from "../compile/unit.ts";
import { fail } from "../errors.ts";
import type { Visibility } from "../syntax/ast.ts";
import { Layer, ObjectValue } from "./object.ts";
import { typeName } from "./type-name.ts";
import { Thunk, type Env, type Slot } from "./values.ts";

/** The object of a literal whose names are all in the program. */
export function makeFromCode(code: ObjectCode, shape: Shape, env: Env): ObjectValue {
  return new ObjectValue([new Layer(shape, code, env)], code.asserts.length > 0);
}

/** The object of a literal with computed names, given in order. A null name leaves its field out. */
export function makeFromNames(code: ObjectCode, computed: readonly Slot[], env: Env): ObjectValue {
  const kept: FieldCode[] = [];
  const builder = new ShapeBuilder();
  let next = 0;
  for (const field of code.fields) {
    const name = field.name ?? computed[next++];
    if (builder.add(name, field.visibility)) kept.push(field);
  }
  return new ObjectValue([new Layer(builder.shape, { ...code, fields: kept }, env)], code.asserts.length > 0);
}

/** The object of a comprehension: a list of name, round, name, round, ... where a round is a thunk that only carries its environment. */
export function makeFromList(code: ObjectCode, list: readonly Slot[], env: Env): ObjectValue {
  const envs: Env[] = [];
  const builder = new ShapeBuilder();
  for (let i = 0; i < list.length; i += 2) {
    const round = list[i + 1];
    if (!(round instanceof Thunk)) throw new Error("a comprehension keeps an environment for each name");
    if (builder.add(list[i], code.fields[0]?.visibility ?? "inherit")) envs.push(round.env);
  }
  return new ObjectValue([new Layer(builder.shape, code, env, envs)], false);
}

class ShapeBuilder {
  readonly shape: Shape & { names: string[]; index: Map<string, number>; visibilities: Visibility[] } = {
    names: [],
    index: new Map(),
    visibilities: [],
  };

  /** Adds a field; false when the name is null and there is none. */
  add(name: Slot | undefined, visibility: Visibility): boolean {
    if (name === null) return false;
    if (typeof name !== "string") throw fail(`Field name must be string, got ${typeName(name)}`);
    if (this.shape.index.has(name)) throw fail(`Duplicate field name: ${JSON.stringify(name)}`);
    this.shape.index.set(name, this.shape.names.push(name) - 1);
    this.shape.visibilities.push(visibility);
    return true;
  }
}
