import type { Source } from "../source.ts";
import type { Slot } from "../machine/values.ts";
import type { Visibility } from "../syntax/ast.ts";

/** Code that runs as one: a file, a function's body, a field, a thunk. The lists are what instructions refer to by number. */
export interface Unit {
  /** How a stack trace calls it. */
  readonly name: string;
  readonly source: Source | undefined;
  readonly code: number[];
  /** Triples of (index into code, start, end), ascending: which source text the instructions after the index come from. */
  readonly places: number[];
  readonly values: Slot[];
  readonly names: string[];
  readonly units: Unit[];
  readonly functions: FunctionCode[];
  readonly objects: ObjectCode[];
  readonly calls: CallCode[];
}

export interface FunctionCode {
  readonly name: string;
  readonly parameters: readonly string[];
  /** For each parameter the code of its default value, if it has one. */
  readonly fallbacks: readonly (Unit | undefined)[];
  readonly body: Unit;
  readonly frame: FrameSize;
}

/** How many variables an environment needs. It grows while the code that uses it is compiled. */
export interface FrameSize {
  size: number;
}

/** Places in an object's environment: the object itself, and the number of the layer. */
export const selfPlace = 1;
export const layerPlace = 2;

export interface FieldCode {
  /** Undefined for a computed name: the machine takes it from the stack. */
  readonly name: string | undefined;
  readonly visibility: Visibility;
  readonly unit: Unit;
}

export interface ObjectCode {
  readonly fields: readonly FieldCode[];
  readonly locals: readonly Unit[];
  readonly asserts: readonly Unit[];
  readonly frame: FrameSize;
  /** Shared by all objects made from this code when no name is computed. */
  readonly shape: Shape | undefined;
}

/** Which fields one layer of an object has. */
export interface Shape {
  readonly names: readonly string[];
  readonly index: ReadonlyMap<string, number>;
  readonly visibilities: readonly Visibility[];
}

export interface CallCode {
  readonly positional: number;
  readonly named: readonly string[];
}

export function makeUnit(name: string, source: Source | undefined): Unit {
  return { name, source, code: [], places: [], values: [], names: [], units: [], functions: [], objects: [], calls: [] };
}
