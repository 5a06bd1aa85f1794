import { asUtcMs, type Civil, fromUtcMs, midnight } from "./civil.ts";
import type { Zone } from "./zone.ts";

const dayMs = 86_400_000;

/**
 * The instants at which clocks of the zone show the time, earliest first: one as a rule, two where they are set back, none where they are set forward.
 * Rests on zones changing their offset at most once within two days, which holds for all of them since 1970.
 */
export function instantsOf(civil: Civil, zone: Zone): number[] {
  const utcMs = asUtcMs(civil);
  const offsets = new Set([zone.offsetMs(utcMs - dayMs), zone.offsetMs(utcMs + dayMs)]);
  return [...offsets]
    .map((offsetMs) => utcMs - offsetMs)
    .filter((atMs) => atMs + zone.offsetMs(atMs) === utcMs)
    .sort((a, b) => a - b);
}

/** The time that follows where clocks are set forward over `civil`: the first instant after the gap. */
export function afterGap(civil: Civil, zone: Zone): number {
  const utcMs = asUtcMs(civil);
  let before = utcMs - dayMs;
  let after = utcMs + dayMs;
  const offsetMs = zone.offsetMs(before);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (zone.offsetMs(middle) === offsetMs) before = middle;
    else after = middle;
  }
  return after;
}

/** What clocks of the zone show at an instant. */
export const localTime = (atMs: number, zone: Zone): Civil => fromUtcMs(atMs + zone.offsetMs(atMs));

/** The date some days after another one. */
export const plusDays = (civil: Civil, days: number): Civil => ({
  ...fromUtcMs(asUtcMs({ ...civil, ...midnight }) + days * dayMs),
  hour: civil.hour,
  minute: civil.minute,
  second: civil.second,
  ms: civil.ms,
});
