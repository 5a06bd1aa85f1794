import type { Clock } from "@sukima/core";
import { Trouble } from "../loop/port.ts";

/** A call that is given up after a time, whatever `ctx.signal` says. */
export async function within<T>(clock: Clock, ms: number, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const cancel = clock.after(ms, () => stop.abort());
  try {
    return await call(stop.signal);
  } catch (error) {
    throw stop.signal.aborted ? new Trouble("transient", `no answer within ${ms / 1000} seconds`, { cause: error }) : error;
  } finally {
    cancel();
  }
}
