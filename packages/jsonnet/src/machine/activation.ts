import type { TraceLine } from "../errors.ts";
import { makeUnit, type Unit } from "../compile/unit.ts";
import type { Env, Thunk } from "./values.ts";

const idle = makeUnit("idle", undefined);

/** A piece of code under evaluation. Reused from call to call. */
export class Activation {
  unit: Unit = idle;
  env: Env = [null];
  /** Index of the next instruction, as of the last time the machine looked elsewhere. */
  place = 0;
  /** The thunk that gets the result. */
  thunk: Thunk | null = null;
  /** The result is not pushed: it was wanted before a native call, which is then tried again. */
  isAhead = false;

  /** The piece of source it is at, for a stack trace; undefined for code that has none. */
  describe(): TraceLine | undefined {
    const { places, source, name } = this.unit;
    if (source === undefined) return undefined;
    let last = -1;
    for (let i = 0; i < places.length && (places[i] ?? 0) < this.place; i += 3) last = i;
    const span = last < 0 ? undefined : { source, start: places[last + 1] ?? 0, end: places[last + 2] ?? 0 };
    return { span, name };
  }
}
