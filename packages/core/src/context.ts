import type { Clock } from "./clock.ts";
import type { Sink } from "./sink.ts";

export type Env = Readonly<Record<string, string | undefined>>;

/** Signals that a program can catch and pass on. */
export type SignalName = "SIGINT" | "SIGTERM" | "SIGHUP" | "SIGQUIT" | "SIGUSR1" | "SIGUSR2" | "SIGWINCH" | "SIGCONT" | "SIGTSTP";

/** The process that the command runs in. */
export interface Host {
  readonly pid: number;
  /** `x64`, `arm64`. */
  readonly arch: string;
  /** `linux`, `darwin`, `win32`. */
  readonly platform: string;
  /** Hand these signals to `listener` from now on; INT and TERM then no longer abort `ctx.signal`. */
  takeSignals(names: readonly SignalName[], listener: (name: SignalName) => void): void;
}

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
  readonly host: Host;
}
