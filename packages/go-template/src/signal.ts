import type { Position } from "./position.ts";

/**
 * Base class of what a function throws to leave the rendering at once.
 * `render` neither wraps nor changes it, as it does with everything thrown that is no `Error`.
 */
export class Signal extends Error {}

/**
 * Thrown by a function that has no value yet. The rendering goes on, so that one run finds every call without a value;
 * whatever depends on the missing value is skipped. In the end `render` throws one `Incomplete`.
 */
export class Deferred extends Signal {}

/** A call without a value: what its function threw, where it stands and how it reads. */
export interface Pending extends Position {
  readonly reason: Deferred;
  readonly call: string;
}

/** All calls of one rendering that threw `Deferred`, in the order they were met. */
export class Incomplete extends Error {
  override readonly name = "Incomplete";
  readonly pending: readonly Pending[];

  constructor(template: string, pending: readonly Pending[]) {
    const lines = pending.map(({ line, column, reason }) => `${template}:${line}:${column}: ${reason.message}`);
    super(`template: ${[...new Set(lines)].join("; ")}`);
    this.pending = pending;
  }
}
