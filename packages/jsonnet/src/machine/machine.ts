import { fail, JsonnetError, type TraceLine } from "../errors.ts";
import { makeUnit, type Unit } from "../compile/unit.ts";
import { op } from "../compile/op.ts";
import { Activation } from "./activation.ts";
import { run } from "./run.ts";
import type { ObjectValue } from "./object.ts";
import { Thunk, type FunctionValue, type Slot, type Value } from "./values.ts";

/** What the machine asks of the world around it. */
interface Surroundings {
  /** The value of an imported file, or its text or bytes. `from` is the name of the importing source. */
  importFile(kind: "import" | "importstr" | "importbin", path: string, from: string): Slot;
  extVar(name: string): Slot | undefined;
  native(name: string): Value;
  /** Takes a line of `std.trace`. */
  trace(line: string): void;
  /** Data from YAML. Throws a plain `Error` for what is none. */
  readYaml(text: string): unknown;
}

interface Limits {
  /** Calls, thunks and fields that may be under evaluation at once. */
  readonly maxStack: number;
  /** Calls, thunks, fields and loop rounds altogether, and what native functions count with {@link Machine.spend}. */
  readonly maxSteps: number;
}

/**
 * Evaluates code on a stack of its own, so that the depth of a program does not depend on the host's.
 * Only what native functions evaluate by themselves (comparing and printing nested data, `std.any`, ...) nests on the host's stack;
 * loops over functions of the program are in `loops.ts`.
 * After an error the machine is used up.
 */
export class Machine {
  readonly surroundings: Surroundings;
  readonly limits: Limits;
  readonly stack: Slot[] = [];
  readonly activations: Activation[] = [new Activation()];
  /** Index of the running activation; slots in use on the stack. */
  depth = 0;
  height = 0;
  steps: number;
  /** Set where an error arises, so that the runs it passes through leave the traces alone. */
  isFailing = false;

  constructor(surroundings: Surroundings, limits: Limits) {
    this.surroundings = surroundings;
    this.limits = limits;
    this.steps = limits.maxSteps;
  }

  /** The value of a slot. */
  force(slot: Slot | undefined): Value {
    if (!(slot instanceof Thunk)) {
      if (slot === undefined) throw new Error("no slot to evaluate");
      return slot;
    }
    return slot.value ?? (slot.value === null ? null : run(this, slot.unit, slot.env, slot));
  }

  /** Calls a function with one slot for each of its first parameters. */
  call(callee: FunctionValue, ...given: Slot[]): Value {
    return run(this, callUnit(given.length), [null, callee, ...given], null);
  }

  /** Calls a function with arguments by name. */
  callNamed(callee: FunctionValue, names: readonly string[], given: readonly Slot[]): Value {
    const unit = callUnit(given.length);
    return run(this, { ...unit, calls: [{ positional: 0, named: names }] }, [null, callee, ...given], null);
  }

  /** A call that waits until its value is wanted. */
  callLater(callee: FunctionValue, ...given: Slot[]): Thunk {
    return new Thunk(callUnit(given.length), [null, callee, ...given]);
  }

  /** The value of a field that must exist. Assertions are the caller's business: {@link check}. */
  field(object: ObjectValue, name: string): Value {
    const slot = object.find(name);
    if (slot === undefined) throw fail(`Field does not exist: ${name}`);
    return this.force(slot);
  }

  /** Runs the object's assertions if nobody has yet, the most derived layer's first. */
  check(object: ObjectValue): void {
    if (object.checked) return;
    object.checked = true;
    for (let number = object.layers.length - 1; number >= 0; number--) {
      for (const unit of object.layers[number]?.code?.asserts ?? []) run(this, unit, object.frame(number), null);
    }
  }

  /** Counts work that native functions do in loops of their own. */
  spend(steps: number): void {
    if ((this.steps -= steps) < 0) throw fail(`evaluation takes more than ${this.limits.maxSteps} steps`);
  }

  /** Adds a line to the trace of an error on its way out. */
  note(error: unknown, name: string): unknown {
    const known = this.explain(error);
    if (known instanceof JsonnetError) known.trace.push({ span: undefined, name });
    return known;
  }

  /** Where the program is, innermost first. */
  trace(): TraceLine[] {
    const lines: TraceLine[] = [];
    for (let i = this.depth; i > 0; i--) {
      const line = this.activations[i]?.describe();
      if (line !== undefined) lines.push(line);
    }
    return lines;
  }

  /**
   * What to throw on for something caught: run-time errors get the trace of where they arose, a full host stack becomes the
   * language's own error, anything else (a signal of a native function, a bug) passes as it is.
   */
  explain(error: unknown): unknown {
    const known = translate(error);
    if (known instanceof JsonnetError && known.kind === "runtime" && known.trace.length === 0) known.trace = this.trace();
    return known;
  }
}

function translate(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof JsonnetError) return error;
  // The engine says so under several class names: a regular expression that has no stack left throws a SyntaxError.
  if (error.message.includes("Maximum call stack size exceeded")) return fail("max stack frames exceeded.");
  return error instanceof RangeError ? fail(`value too large: ${error.message}`) : error;
}

const callUnits: Unit[] = [];

/** Code that calls the first variable of its environment with the `count` that follow. */
function callUnit(count: number): Unit {
  const known = callUnits[count];
  if (known !== undefined) return known;
  const unit = makeUnit("call", undefined);
  for (let place = 1; place <= count + 1; place++) unit.code.push(op.slot, 0, place);
  unit.code.push(op.call, 0, op.return);
  unit.calls.push({ positional: count, named: [] });
  return (callUnits[count] = unit);
}
