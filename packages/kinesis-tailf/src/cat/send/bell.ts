import type { Clock } from "@sukima/core";

/** Wakes everybody who waits for something to happen. */
export interface Bell {
  ring(): void;
  /** Resolves at the next ring, or after `ms`. */
  rung(ms?: number): Promise<void>;
}

export function createBell(clock: Clock): Bell {
  let next = Promise.withResolvers<void>();
  return {
    ring() {
      next.resolve();
      next = Promise.withResolvers();
    },
    async rung(ms) {
      const { promise } = next;
      if (ms === undefined) return promise;
      const cancel = new AbortController();
      const slept = clock.sleep(ms, cancel.signal).catch(() => {});
      await Promise.race([promise, slept]);
      cancel.abort();
    },
  };
}
