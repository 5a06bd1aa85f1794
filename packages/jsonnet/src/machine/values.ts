import type { FunctionCode, Unit } from "../compile/unit.ts";
import type { Native } from "./native.ts";
import type { ObjectValue } from "./object.ts";

/** A value of the language. Arrays hold slots: their elements are evaluated when someone looks. */
export type Value = null | boolean | number | string | Slot[] | ObjectValue | FunctionValue;
export type FunctionValue = Closure | Native;

/** A value, or the recipe for one. */
export type Slot = Value | Thunk;

/**
 * The variables one piece of code sees: the surrounding environment, then its own.
 * In an object's environment the first two of its own are the object (`self`) and the number of the layer (where `super` begins).
 */
export type Env = [parent: Env | null, ...own: Slot[]];

/** An expression with its environment, evaluated at most once. `value` is undefined until then. */
export class Thunk {
  unit: Unit;
  env: Env;
  value: Value | undefined = undefined;

  constructor(unit: Unit, env: Env) {
    this.unit = unit;
    this.env = env;
  }
}

/** A function of the language with the environment it was made in. */
export class Closure {
  readonly code: FunctionCode;
  readonly env: Env;

  constructor(code: FunctionCode, env: Env) {
    this.code = code;
    this.env = env;
  }
}

/** An environment with room for `size` variables, all null at first. Literals are what the engine allocates fastest. */
export function makeEnv(parent: Env | null, size: number): Env {
  switch (size) {
    case 0:
      return [parent];
    case 1:
      return [parent, null];
    case 2:
      return [parent, null, null];
    case 3:
      return [parent, null, null, null];
    case 4:
      return [parent, null, null, null, null];
    case 5:
      return [parent, null, null, null, null, null];
  }
  const env: Env = [parent, null, null, null, null, null, null];
  for (let i = 6; i < size; i++) env.push(null);
  return env;
}
