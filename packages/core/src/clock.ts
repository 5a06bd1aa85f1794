/** Time as the program sees it. Tests and simulations hand in their own. */
export interface Clock {
  /** The current instant. */
  now(): Date;
  /** Milliseconds of a clock that never goes back. */
  elapsedMs(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls `due` once after `ms` milliseconds, unless the function that it gives is called before. */
  after(ms: number, due: () => void): () => void;
}

/** Timers hold 31 bits; a longer wait would end at once. */
const longestMs = 2 ** 31 - 1;

/** The machine's own clock. A wait of more than 24 days ends after 24 days. */
export const systemClock: Clock = {
  now: () => new Date(),
  elapsedMs: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return void reject(signal.reason);
      const stop = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(
        () => {
          signal?.removeEventListener("abort", stop);
          resolve();
        },
        Math.min(ms, longestMs),
      );
      signal?.addEventListener("abort", stop, { once: true });
    }),
  after(ms, due) {
    const timer = setTimeout(due, Math.min(ms, longestMs));
    return () => clearTimeout(timer);
  },
};
