import type { Machine } from "./machine.ts";
import type { Slot, Value } from "./values.ts";

export type NativeBody = (args: readonly Slot[], machine: Machine) => Slot;

/** A function written in TypeScript. Its arguments are evaluated before the call, except those it says it wants lazily. */
export class Native {
  readonly name: string;
  readonly parameters: readonly string[];
  /** Values of parameters that may be left out. */
  readonly fallbacks: Readonly<Record<string, Value>>;
  readonly lazy: ReadonlySet<number>;
  readonly body: NativeBody;

  constructor(
    name: string,
    parameters: readonly string[],
    body: NativeBody,
    fallbacks: Readonly<Record<string, Value>> = {},
    lazy: readonly number[] = [],
  ) {
    this.name = name;
    this.parameters = parameters;
    this.body = body;
    this.fallbacks = fallbacks;
    this.lazy = new Set(lazy);
  }
}
