import { fail } from "../errors.ts";
import { makeUnit, type Unit } from "../compile/unit.ts";
import { bindArguments } from "./arguments.ts";
import { Activation } from "./activation.ts";
import type { Machine } from "./machine.ts";
import { Native } from "./native.ts";
import { ObjectValue } from "./object.ts";
import { makeFromCode } from "./object-making.ts";
import { nativeCall } from "./native-call.ts";
import { perform, widths } from "./perform.ts";
import { quickly } from "./quick-operators.ts";
import { unexpected } from "./type-name.ts";
import { Closure, makeEnv, Thunk, type Env, type Slot, type Value } from "./values.ts";

const endless: Unit = { ...makeUnit("endless", undefined), code: [57] };
const spent: Env = [null];

/**
 * Runs a unit to its end and returns its value; a thunk, if given, keeps it.
 *
 * The cases are the instructions that programs spend their time in, by their number in `compile/op.ts` (literals, because only
 * those make a jump table). A case ends with `continue`; or it leaves in `slot` what gets evaluated and pushed; or it leaves
 * `slot` undefined, and `perform` does the instruction the long way. The loop's state is in locals, which V8 keeps in
 * registers; it is written back to the machine before anything that may look at it or run nested.
 */
export function run(machine: Machine, first: Unit, firstEnv: Env, firstThunk: Thunk | null): Value {
  const { stack, activations } = machine;
  const { maxStack } = machine.limits;
  const base = machine.depth + 1;
  let depth = machine.depth;
  let height = machine.height;
  let active = activations[depth] ?? new Activation();
  let unit = first;
  let env = firstEnv;
  let code = unit.code;
  let pc = 0;
  // What to enter next: a body with its environment, and the thunk that waits for it.
  let nextUnit: Unit | null = first;
  let nextEnv = firstEnv;
  let thunk = firstThunk;
  let isAhead = false;
  let slot: Slot | undefined;

  try {
    for (;;) {
      if (nextUnit !== null) {
        if (depth >= base) {
          active.place = pc;
          active.env = env;
        }
        if (depth >= maxStack) throw fail("max stack frames exceeded.");
        machine.spend(1);
        active = activations[++depth] ??= new Activation();
        active.thunk = thunk;
        active.isAhead = isAhead;
        active.unit = unit = nextUnit;
        env = nextEnv;
        code = unit.code;
        pc = 0;
        if (thunk !== null) thunk.unit = endless;
        nextUnit = null;
        isAhead = false;
      }
      slot = undefined;
      const instruction = code[pc++] ?? 9;
      switch (instruction) {
        case 0: // value
          stack[height++] = unit.values[code[pc++] ?? 0] ?? null;
          continue;
        case 1: {
          // own
          const place = code[pc++] ?? 0;
          slot = env[place];
          if (slot instanceof Thunk && slot.value !== undefined) env[place] = slot = slot.value;
          break;
        }
        case 2: {
          // variable
          const from = outwards(env, code[pc++] ?? 0);
          const place = code[pc++] ?? 0;
          slot = from[place];
          if (slot instanceof Thunk && slot.value !== undefined) from[place] = slot = slot.value;
          break;
        }
        case 3: // slot
          stack[height++] = outwards(env, code[pc++] ?? 0)[code[pc++] ?? 0] ?? null;
          continue;
        case 4: // thunk
          stack[height++] = new Thunk(unit.units[code[pc++] ?? 0] ?? endless, env);
          continue;
        case 5: // store
          env[code[pc++] ?? 0] = stack[--height] ?? null;
          continue;
        case 6: {
          // closure
          const body = unit.functions[code[pc++] ?? 0];
          if (body === undefined) throw new Error("no such function");
          stack[height++] = new Closure(body, env);
          continue;
        }
        case 7: // call
        case 8: {
          // tailCall
          const call = unit.calls[code[pc++] ?? 0];
          if (call === undefined) throw new Error("no such call");
          const count = call.positional + call.named.length;
          const callee = stack[height - count - 1];
          if (callee instanceof Closure) {
            const body = callee.code;
            if (call.named.length === 0 && count === body.parameters.length) {
              nextEnv = makeEnv(callee.env, body.frame.size);
              for (let i = count; i > 0; i--) nextEnv[i] = stack[--height] ?? null;
            } else {
              nextEnv = bindArguments(callee, call, stack.slice(height - count, height));
              height -= count;
            }
            height--;
            if (instruction === 7) {
              nextUnit = body.body;
              thunk = null;
            } else {
              machine.spend(1);
              active.unit = unit = body.body;
              env = nextEnv;
              code = unit.code;
              pc = 0;
            }
            continue;
          }
          if (!(callee instanceof Native)) throw unexpected(callee, "function");
          machine.height = height;
          machine.depth = depth;
          active.place = pc;
          active.env = env;
          const result = nativeCall(machine, callee, call);
          if (result.waitsFor !== undefined) {
            pc -= 2;
            thunk = result.waitsFor;
            nextUnit = thunk.unit;
            nextEnv = thunk.env;
            isAhead = true;
            continue;
          }
          height -= count + 1;
          slot = result.slot;
          break;
        }
        case 9: {
          // return
          const value = stack[--height];
          if (value === undefined || value instanceof Thunk) throw new Error("a unit returns a value");
          if (active.thunk !== null) {
            active.thunk.value = value;
            active.thunk.env = spent;
            active.thunk = null;
          }
          if (depth === base) {
            machine.depth = depth - 1;
            machine.height = height;
            return value;
          }
          if (!active.isAhead) stack[height++] = value;
          active = activations[--depth] ?? active;
          unit = active.unit;
          env = active.env;
          code = unit.code;
          pc = active.place;
          continue;
        }
        case 10: {
          // field
          const object = stack[height - 1];
          if (object instanceof ObjectValue && object.checked) {
            slot = object.find(unit.names[code[pc] ?? 0] ?? "");
            if (slot !== undefined) {
              pc++;
              height--;
            }
          }
          break;
        }
        case 11: {
          // index
          const index = stack[height - 1];
          const target = stack[height - 2];
          if (typeof index === "number" && Array.isArray(target)) {
            slot = target[index];
            if (slot !== undefined) height -= 2;
          }
          break;
        }
        case 12: // jump
          pc = code[pc] ?? 0;
          continue;
        case 13: {
          // branch
          const condition = stack[--height];
          if (condition === true) pc++;
          else if (condition === false) pc = code[pc] ?? 0;
          else throw unexpected(condition, "boolean");
          continue;
        }
        case 14: // and
        case 15: {
          // or
          const left = stack[height - 1];
          if (typeof left !== "boolean") throw unexpected(left, "boolean");
          if (left === (instruction === 15)) {
            pc = code[pc] ?? 0;
          } else {
            pc++;
            height--;
          }
          continue;
        }
        case 17: // add
        case 18: // subtract
        case 19: // multiply
        case 22: // less
        case 23: // greater
        case 24: // lessOrEqual
        case 25: // greaterOrEqual
        case 26: // equal
        case 27: {
          // notEqual
          const result = quickly(instruction, stack[height - 2], stack[height - 1]);
          if (result === undefined) break;
          stack[--height - 1] = result;
          continue;
        }
        case 34: {
          // not
          const operand = stack[height - 1];
          if (typeof operand !== "boolean") throw unexpected(operand, "boolean");
          stack[height - 1] = !operand;
          continue;
        }
        case 38: {
          // object
          const body = unit.objects[code[pc] ?? 0];
          if (body?.shape === undefined) break;
          pc++;
          stack[height++] = makeFromCode(body, body.shape, env);
          continue;
        }
        case 39: {
          // array
          const count = code[pc++] ?? 0;
          height -= count;
          stack[height] = stack.slice(height, height + count);
          height++;
          continue;
        }
        case 40: // self
          stack[height++] = outwards(env, code[pc++] ?? 0)[1] ?? null;
          continue;
        case 48: {
          // next
          const round = stack[height - 1];
          const list = stack[height - 2];
          if (typeof round !== "number" || !Array.isArray(list)) throw new Error("a loop has its list and number on the stack");
          if (round < list.length) {
            machine.spend(1);
            stack[height - 1] = round + 1;
            env = makeEnv(env, code[pc + 1] ?? 1);
            env[1] = list[round] ?? null;
            pc += 2;
          } else {
            height -= 2;
            pc = code[pc] ?? 0;
          }
          continue;
        }
        case 49: // collect
        case 50: {
          // collectField
          const element = stack[--height];
          const list = stack[height - 1 - 2 * (code[pc++] ?? 0)];
          if (!Array.isArray(list) || element === undefined) throw new Error("a comprehension has its list on the stack");
          list.push(element);
          if (instruction === 50) list.push(new Thunk(endless, env));
          env = env[0] ?? spent;
          continue;
        }
        case 51: // leave
          env = env[0] ?? spent;
          continue;
        case 56: {
          // evaluateAll
          const next = firstWaiting(stack[height - 2], stack[height - 1]);
          if (next === undefined) {
            height--;
          } else {
            // The value is not pushed; the instruction is done again and goes on from there.
            stack[height - 1] = next.place;
            pc--;
            thunk = next.thunk;
            nextUnit = thunk.unit;
            nextEnv = thunk.env;
            isAhead = true;
          }
          continue;
        }
      }
      if (slot === undefined) {
        active.place = pc;
        active.env = env;
        machine.depth = depth;
        machine.height = height;
        slot = perform(machine, instruction, unit, env, pc);
        height = machine.height;
        env = active.env;
        pc += widths[instruction] ?? 0;
      }
      if (!(slot instanceof Thunk)) {
        stack[height++] = slot;
      } else if (slot.value !== undefined) {
        stack[height++] = slot.value;
      } else {
        thunk = slot;
        nextUnit = slot.unit;
        nextEnv = slot.env;
      }
    }
  } catch (error) {
    // Of nested runs the innermost, where the error arose, writes down where the program is.
    if (!machine.isFailing) {
      machine.isFailing = true;
      machine.depth = depth;
      active.place = pc;
    }
    throw machine.explain(error);
  }
}

/** The first element from a place on that is not evaluated yet. Those before it are replaced by their values. */
function firstWaiting(list: Slot | undefined, from: Slot | undefined): { place: number; thunk: Thunk } | undefined {
  if (typeof from !== "number" || !Array.isArray(list)) throw new Error("the list and a number are on the stack");
  for (let place = from; place < list.length; place++) {
    const thunk = list[place];
    if (!(thunk instanceof Thunk)) continue;
    if (thunk.value === undefined) return { place, thunk };
    list[place] = thunk.value;
  }
  return undefined;
}

function outwards(env: Env, up: number): Env {
  let from = env;
  for (let steps = up; steps > 0; steps--) from = from[0] ?? spent;
  return from;
}
