import { op } from "../compile/op.ts";
import { makeUnit, type Unit } from "../compile/unit.ts";
import { Native } from "./native.ts";
import { Thunk, type FunctionValue, type Slot, type Value } from "./values.ts";

/**
 * Loops that native functions leave to the machine. A native function that calls back itself nests on the host's stack;
 * one that returns one of these thunks does not, so recursion through it is as deep as the machine allows.
 */

/** Places in the environment of a loop. */
const at = { list: 1, after: 2, callee: 3, running: 3 };
const element = 1;

/** The evaluated elements, handed to `after`. */
export function evaluateAll(list: readonly Slot[], after: (values: readonly Value[]) => Slot): Slot {
  return new Thunk(evaluating, [null, list.slice(), receiver(after)]);
}

/** What a function gives for each element, evaluated, handed to `after`. */
export function callForAll(callee: FunctionValue, list: Slot[], after: (values: readonly Value[]) => Slot): Slot {
  return new Thunk(calling, [null, list, receiver(after), callee]);
}

/** The elements for which a function gives true, not evaluated themselves. */
export function select(test: FunctionValue, list: Slot[], after: (kept: readonly Slot[]) => Slot): Slot {
  return new Thunk(selecting, [null, list, new Native("after", ["kept"], ([kept]) => after(Array.isArray(kept) ? kept : [])), test]);
}

/** `callee(...callee(callee(first, list[0]), list[1])...)`, or with the arguments the other way round. */
export function fold(callee: FunctionValue, list: Slot[], first: Slot, runningComesLast: boolean): Slot {
  return new Thunk(runningComesLast ? foldingRight : foldingLeft, [null, list, callee, first]);
}

function receiver(after: (values: readonly Value[]) => Slot): Native {
  return new Native("after", ["values"], ([values]) => {
    if (!isEvaluated(values)) throw new Error("the loop has evaluated its list");
    return after(values);
  });
}

function isEvaluated(slot: Slot | undefined): slot is Value[] {
  return Array.isArray(slot) && slot.every((value) => !(value instanceof Thunk));
}

/** `start`, then `round` for each element with an environment that has it, then `end`. The list and the round's number are on the stack. */
function loop(start: readonly number[], round: (out: Unit) => void, end: readonly number[]): Unit {
  const out = makeUnit("loop", undefined);
  out.values.push(0);
  out.calls.push({ positional: 1, named: [] }, { positional: 2, named: [] });
  out.code.push(...start, op.slot, 0, at.list, op.value, 0);
  const head = out.code.length;
  out.code.push(op.next, -1, 1);
  round(out);
  out.code.push(op.jump, head);
  out.code[head + 1] = out.code.length;
  out.code.push(...end, op.return);
  return out;
}

const collecting = [op.slot, 0, at.after, op.array, 0];
const evaluating: Unit = {
  ...makeUnit("loop", undefined),
  code: [op.slot, 0, at.after, op.slot, 0, at.list, op.value, 0, op.evaluateAll, op.call, 0, op.return],
  values: [0],
  calls: [{ positional: 1, named: [] }],
};
const callElement = [op.slot, 1, at.callee, op.slot, 0, element, op.call, 0];
const calling = loop(collecting, (out) => out.code.push(...callElement, op.collect, 1), [op.call, 0]);
const selecting = loop(
  collecting,
  (out) => {
    out.code.push(...callElement, op.branch, -1);
    const skip = out.code.length - 1;
    // A kept element leaves the round by `collect`, another by `leave`; both go on with the jump that `loop` adds.
    out.code.push(op.slot, 0, element, op.collect, 1, op.jump, -1);
    const done = out.code.length - 1;
    out.code[skip] = out.code.length;
    out.code.push(op.leave);
    out.code[done] = out.code.length;
  },
  [op.call, 0],
);
const folding = (first: readonly number[], second: readonly number[]): Unit =>
  loop([], (out) => out.code.push(op.slot, 1, at.after, ...first, ...second, op.call, 1, op.leave, op.store, at.running), [
    op.own,
    at.running,
  ]);
const foldingLeft = folding([op.slot, 1, at.running], [op.slot, 0, element]);
const foldingRight = folding([op.slot, 0, element], [op.slot, 1, at.running]);
