import type { Origin } from "../print/origin.ts";

/** A place in the merged order: by time of arrival, records of the same millisecond by stream, then by shard. */
export interface Mark {
  readonly arrivedAtMs: number;
  readonly origin: Origin;
}

/** The place behind all records that arrived earlier than this moment and before all others. */
export const justBefore = (ms: number): Mark => ({ arrivedAtMs: ms, origin: { stream: "", shard: "" } });

const order = <T extends number | string>(one: T, other: T): number => (one < other ? -1 : one > other ? 1 : 0);

export const compareOrigins = (one: Origin, other: Origin): number => order(one.stream, other.stream) || order(one.shard, other.shard);

export const compareMarks = (one: Mark, other: Mark): number =>
  order(one.arrivedAtMs, other.arrivedAtMs) || compareOrigins(one.origin, other.origin);

export const laterMark = (one: Mark, other: Mark): Mark => (compareMarks(one, other) < 0 ? other : one);
