import type { Clock } from "@sukima/core";

/** What a failed attempt asks for. */
export interface RetryAdvice {
  readonly kind: "throttled" | "transient";
  /** Milliseconds that the service itself asked us to wait. */
  readonly afterMs?: number | undefined;
}

/** Counts for the timing line. */
export interface Tally {
  calls: number;
  retries: number;
  throttles: number;
}

export interface RetrySettings {
  readonly attempts: number;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly tally: Tally;
}

/**
 * Bases and cap of the SDK's standard mode (`@smithy/core` retry): 50 ms, 1 s for throttling, doubled each time, 20 s at most.
 * Unlike there, half of a wait is sure and half is random: with all of it random, 1 of 1,400 tasks of a mass start fails (docs/decisions/0005).
 */
const baseMs = { transient: 50, throttled: 1000 } as const;
const capMs = 20_000;

/** A wait that the service names is obeyed within reason. */
const clamp = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : Math.max(0, Math.min(capMs, ms)));

export const backoffMs = (advice: RetryAdvice, failures: number, random: () => number): number =>
  clamp(advice.afterMs) ?? Math.floor((0.5 + random() / 2) * Math.min(capMs, baseMs[advice.kind] * 2 ** failures));

/**
 * Try until it works, the attempts are used up, the error is final, or the signal aborts.
 * Every wait is random, so that the tasks of a mass start do not come back together. `advise` gives undefined for a final error.
 */
export async function retry<T>(
  settings: RetrySettings,
  attempt: () => Promise<T>,
  advise: (error: unknown) => RetryAdvice | undefined | Promise<RetryAdvice | undefined>,
): Promise<T> {
  const { attempts, clock, random, signal, tally } = settings;
  for (let failures = 0; ; failures++) {
    signal.throwIfAborted();
    tally.calls++;
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      const advice = await advise(error);
      if (advice?.kind === "throttled") tally.throttles++;
      if (advice === undefined || failures + 1 >= attempts) throw error;
      tally.retries++;
      await clock.sleep(backoffMs(advice, failures, random), signal);
    }
  }
}
