import type { Clock } from "../clock.ts";

/** A clock whose time passes only while somebody sleeps, and then at once. Network calls take none of it. */
export interface InstantClock extends Clock {
  /** Every sleep so far, in milliseconds. */
  readonly sleeps: readonly number[];
}

export function instantClock(start: Date = new Date()): InstantClock {
  let elapsed = 0;
  const sleeps: number[] = [];
  const timers = new Set<{ readonly at: number; readonly due: () => void }>();
  return {
    sleeps,
    now: () => new Date(start.getTime() + elapsed),
    elapsedMs: () => elapsed,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      sleeps.push(ms);
      elapsed += ms;
      for (const timer of timers) {
        if (timer.at > elapsed) continue;
        timers.delete(timer);
        timer.due();
      }
      signal?.throwIfAborted();
    },
    after(ms, due) {
      const timer = { at: elapsed + ms, due };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };
}
