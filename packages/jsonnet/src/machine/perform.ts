import { op } from "../compile/op.ts";
import type { Unit } from "../compile/unit.ts";
import { fail } from "../errors.ts";
import { toText } from "../manifest/json.ts";
import { bitNot } from "./bitwise.ts";
import { indexValue, ownLayer, sliceValue, superField } from "./lookup.ts";
import type { Machine } from "./machine.ts";
import { makeFromList, makeFromNames } from "./object-making.ts";
import { nothing } from "./object.ts";
import { number, operate } from "./operators.ts";
import { evaluated, unexpected } from "./type-name.ts";
import type { Env, Slot, Value } from "./values.ts";

/** How many operands follow the instructions that {@link perform} does. */
export const widths: Readonly<Record<number, number>> = {
  [op.field]: 1,
  [op.object]: 1,
  [op.superField]: 1,
  [op.inSuper]: 1,
  [op.inherited]: 1,
  [op.objectFromList]: 1,
  [op.import]: 1,
  [op.importstr]: 1,
  [op.importbin]: 1,
};

/** Does one instruction whose operands stand at `code[pc]`, takes its values off the machine's stack and returns what to push. */
export function perform(machine: Machine, instruction: number, unit: Unit, env: Env, pc: number): Slot {
  const pop = (): Value => evaluated(machine.stack[--machine.height]);
  const operand = unit.code[pc] ?? 0;
  switch (instruction) {
    case op.field: {
      const target = pop();
      return indexValue(target, unit.names[operand] ?? "", machine);
    }
    case op.index: {
      const index = pop();
      return indexValue(pop(), index, machine);
    }
    case op.slice: {
      const [step, to, from] = [pop(), pop(), pop()];
      return sliceValue(pop(), from, to, step);
    }
    case op.boolean: {
      const value = pop();
      if (typeof value !== "boolean") throw unexpected(value, "boolean");
      return value;
    }
    case op.negate:
      return -number(pop());
    case op.plus:
      return number(pop());
    case op.bitNot:
      return bitNot(pop());
    case op.error:
      throw fail(toText(pop(), machine));
    case op.iterate: {
      const list = pop();
      if (!Array.isArray(list)) throw unexpected(list, "array");
      return list;
    }
    case op.endless:
      throw fail("max stack frames exceeded.");
    case op.superField: {
      const name = pop();
      if (ownLayer(env, operand).layer === 0) throw fail("Attempt to use super when there is no super class.");
      const slot = superField(env, operand, name);
      if (slot === undefined) throw fail(`Field does not exist: ${toText(name, machine)}`);
      return slot;
    }
    case op.inSuper:
      return superField(env, operand, pop()) !== undefined;
    case op.inherited:
      return superField(env, operand, pop()) ?? nothing;
    case op.import:
    case op.importstr:
    case op.importbin: {
      const kind = instruction === op.import ? "import" : instruction === op.importstr ? "importstr" : "importbin";
      return machine.surroundings.importFile(kind, unit.names[operand] ?? "", unit.source?.name ?? "");
    }
    case op.object:
    case op.objectFromList: {
      const code = unit.objects[operand];
      if (code === undefined) throw new Error("no such object");
      if (instruction === op.objectFromList) {
        const list = pop();
        return makeFromList(code, Array.isArray(list) ? list : [], env);
      }
      const count = code.fields.filter(({ name }) => name === undefined).length;
      machine.height -= count;
      return makeFromNames(code, machine.stack.slice(machine.height, machine.height + count), env);
    }
    default: {
      const right = pop();
      return operate(instruction, pop(), right, machine);
    }
  }
}
