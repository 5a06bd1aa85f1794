import type { ShardEvent } from "./shard.ts";

/** A shard's own calls a second are halved at most so far. */
const leastPerSecond = 0.1;
/** Calls that succeed win the allowed rate back in so many steps. */
const steps = 10;

/** Calls a second that a shard may make after a call: half when it was throttled, a step more when it was not, `most` at the most. Pure. */
export function nextRate(rate: number, { kind }: ShardEvent, most: number): number {
  if (kind === "throttled") return Math.max(leastPerSecond, rate / 2);
  return Math.min(most, rate + most / steps);
}

const leastRecords = 100;
const mostRecords = 10_000;

/** Records to ask for in one call, so that the pages of the active shards stay within `memory` bytes together. Pure. */
export const pageLimit = (memory: number, activeShards: number, bytesPerRecord: number): number =>
  Math.max(leastRecords, Math.min(mostRecords, Math.floor(memory / Math.max(1, activeShards) / bytesPerRecord)));
