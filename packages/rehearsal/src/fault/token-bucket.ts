import type { Clock } from "../clock.ts";

/** A bucket that starts full with `burst` tokens and gains `perSecond`; `take` says whether there was one. */
export function createTokenBucket(clock: Clock, { perSecond, burst }: { perSecond: number; burst: number }): { take(): boolean } {
  let tokens = burst;
  let filledAt = clock.now().getTime();
  return {
    take() {
      const now = clock.now().getTime();
      tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * perSecond);
      filledAt = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
