/** What part of a stream is wanted. Instants are milliseconds since 1970 by the service's clock. */
export interface Range {
  /** Records that arrived before are not printed; undefined from the oldest record on. */
  readonly startMs: number | undefined;
  /** Records that arrived after are not printed, and a shard is done when it is past this; undefined for ever. */
  readonly endMs: number | undefined;
  /** A shard is also done when it has nothing more to give at the moment. */
  readonly toTip?: boolean;
}

/** Arrival times run backwards now and then, so a shard is read this far past the end before it counts as done. */
export const slackMs = 2000;
/** ... or when this many records in a row came after the end. */
export const lateRun = 1000;

export const isWanted = ({ startMs, endMs }: Range, arrivedAtMs: number): boolean =>
  (startMs === undefined || arrivedAtMs >= startMs) && (endMs === undefined || arrivedAtMs <= endMs);

/** Place of the first record that arrived after the end; undefined when none did. */
export function firstLate(arrivals: ArrayLike<number>, { endMs }: Range): number | undefined {
  if (endMs === undefined) return undefined;
  for (let at = 0; at < arrivals.length; at++) if ((arrivals[at] ?? 0) > endMs) return at;
  return undefined;
}
