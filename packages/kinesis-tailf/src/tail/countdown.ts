import type { Clock } from "@sukima/core";

export interface Countdown {
  restart(): void;
  end(): void;
}

/** Calls `due` after `ms` milliseconds, counted from the last `restart`; never for undefined. */
export function countdown(clock: Pick<Clock, "after">, ms: number | undefined, due: () => void): Countdown {
  const begin = (): (() => void) => (ms === undefined ? () => {} : clock.after(ms, due));
  let end = begin();
  return {
    restart() {
      end();
      end = begin();
    },
    end: () => end(),
  };
}
