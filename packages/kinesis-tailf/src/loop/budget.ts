import type { Clock } from "@sukima/core";

/** A bucket that refills evenly. `take` says how long to wait, in milliseconds, until an amount may be used, and books it. */
export interface Budget {
  take(amount: number): number;
}

/** `perSecond()` units a second, `burst` of them at once at the most. An amount above the burst is allowed and paid for afterwards. */
export function createBudget(clock: Pick<Clock, "elapsedMs">, perSecond: () => number, burst: number): Budget {
  let level = burst;
  let filledAtMs = clock.elapsedMs();
  return {
    take(amount) {
      const now = clock.elapsedMs();
      level = Math.min(burst, level + ((now - filledAtMs) * perSecond()) / 1000);
      filledAtMs = now;
      const need = Math.min(amount, burst);
      const waitMs = level >= need ? 0 : ((need - level) * 1000) / perSecond();
      level -= amount;
      return waitMs;
    },
  };
}
