import type { Clock } from "./clock.ts";
import type { Sink } from "./sink.ts";

export type Env = Readonly<Record<string, string | undefined>>;

/** Everything a command may know of the world outside, handed in by `main.ts`. */
export interface Context {
  readonly env: Env;
  readonly cwd: string;
  readonly clock: Clock;
  /** A random number from 0 up to but not including 1. */
  readonly random: () => number;
  /** Aborts when the process is told to stop; its reason is an `Interrupted`. */
  readonly signal: AbortSignal;
  /** The answer, and nothing else. */
  readonly out: Sink;
  /** The story. */
  readonly err: Sink;
}
