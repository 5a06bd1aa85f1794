import type { Clock } from "../clock.ts";

interface Wake {
  readonly atMs: number;
  readonly due: () => void;
}

/** A clock of a simulation that starts at 0: when nothing else can happen, it jumps to the next wake-up. Nothing in the simulation may wait for anything but this clock. */
export function simulatedClock(): Clock {
  let nowMs = 0;
  let scheduled = false;
  const wakes = new Set<Wake>();

  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      let next: Wake | undefined;
      for (const wake of wakes) if (next === undefined || wake.atMs < next.atMs) next = wake;
      if (next === undefined) return;
      nowMs = next.atMs;
      wakes.delete(next);
      next.due();
      schedule();
    });
  };

  const after = (ms: number, due: () => void): (() => void) => {
    const wake = { atMs: nowMs + ms, due };
    wakes.add(wake);
    schedule();
    return () => wakes.delete(wake);
  };

  return {
    now: () => new Date(nowMs),
    elapsedMs: () => nowMs,
    after,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return void reject(signal.reason);
        const stop = (): void => {
          cancel();
          reject(signal?.reason);
        };
        const cancel = after(ms, () => {
          signal?.removeEventListener("abort", stop);
          resolve();
        });
        signal?.addEventListener("abort", stop, { once: true });
      }),
  };
}

/** Random numbers from 0 up to but not including 1 that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
