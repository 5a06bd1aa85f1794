/**
 * The clock that resources, faults and `Date` headers share.
 * It starts at the real time; `virtual` stands still until it is advanced, `real` runs at `speed` times real time.
 */
export interface Clock {
  /** The time in this world. */
  now(): Date;
  /** Move the time forward by `ms` milliseconds; going back is refused with a RangeError, as resources cannot un-happen. */
  advance(ms: number): void;
}

export interface ClockOptions {
  readonly mode: "real" | "virtual";
  /** Virtual seconds for one real second; of no effect on a virtual clock. */
  readonly speed: number;
}

/** Make a clock; `realNow` returns real milliseconds since the epoch. */
export function createClock({ mode, speed }: ClockOptions, realNow: () => number = Date.now): Clock {
  const start = realNow();
  const rate = mode === "virtual" ? 0 : speed;
  let advanced = 0;
  return {
    now: () => new Date(start + (realNow() - start) * rate + advanced),
    advance(ms) {
      if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`a clock only moves forward: cannot advance it by ${ms} ms`);
      advanced += ms;
    },
  };
}
