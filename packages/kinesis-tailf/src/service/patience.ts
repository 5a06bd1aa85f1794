import type { Context } from "@sukima/core";
import { backoffMs } from "../aws/backoff.ts";
import { Trouble } from "../loop/port.ts";

const tries = 5;
const longestPauseMs = 1000;

/** What a call gives, asked again while its trouble may pass; `onTrouble` hears of each failure. Rejects with the last trouble, with what no time mends, and with the reason of `ctx.signal`. */
export async function patiently<T>(call: () => Promise<T>, { clock, random, signal }: Context, onTrouble = (): void => {}): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await call();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Trouble)) throw error;
      onTrouble();
      if ((error.kind !== "throttled" && error.kind !== "transient") || failures === tries) throw error;
      await clock.sleep(backoffMs(failures, longestPauseMs, random()), signal);
    }
  }
}
