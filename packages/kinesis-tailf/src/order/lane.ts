import type { RecordBatch } from "../loop/batch.ts";
import type { Origin } from "../print/origin.ts";
import { compareMarks, justBefore, laterMark, type Mark } from "./mark.ts";

/** A record in the merged order, by its place in its page. */
export interface MergedRecord extends Mark {
  readonly batch: RecordBatch;
  readonly at: number;
}

/** One shard that is merged. */
export interface Lane {
  readonly origin: Origin;
  /** What the shard has still to give stands behind this in the merged order. */
  readonly watermark: Mark;
  /** What is held back of the page that it gave, by time of arrival: the records from `first` on. */
  readonly page: readonly MergedRecord[];
  readonly first: number;
  /** When that page came in. */
  readonly cameAtMs: number;
  /** Since when the shard may be read on: it holds nothing, or held nothing before. */
  readonly freeSinceMs: number;
  /** Others went on without it, and it has not caught up since. */
  readonly isStalled: boolean;
}

/** Behind every record: the watermark of a shard that has nothing more to give. */
export const forever = justBefore(Number.POSITIVE_INFINITY);
const dawn = justBefore(Number.NEGATIVE_INFINITY);

const laneFrom = (origin: Origin, watermark: Mark, nowMs: number): Lane => ({
  origin,
  watermark,
  page: [],
  first: 0,
  cameAtMs: nowMs,
  freeSinceMs: nowMs,
  isStalled: false,
});

/** A shard of which nothing is known yet, so everything waits for it. */
export const newLane = (origin: Origin, nowMs: number): Lane => laneFrom(origin, dawn, nowMs);
/** A shard that nothing waits for. */
export const looseLane = (origin: Origin, nowMs: number): Lane => laneFrom(origin, forever, nowMs);

export const advance = (lane: Lane, watermark: Mark): Lane => ({ ...lane, watermark: laterMark(lane.watermark, watermark) });

export const isHolding = ({ page, first }: Lane): boolean => first < page.length;

/** The last record that a lane holds, as a place. */
export function lastHeld({ page }: Lane): Mark | undefined {
  const last = page.at(-1);
  return last && { arrivedAtMs: last.arrivedAtMs, origin: last.origin };
}

/**
 * The lane with a page of its shard, in the shard's order. Since the shard is read on only when the page is out, the watermark is at its last record at least:
 * without that two shards whose arrival times run backwards would wait for each other, or one for itself.
 */
export function hold(lane: Lane, batch: RecordBatch, nowMs: number): Lane {
  const { origin } = lane;
  const records = Array.from({ length: batch.length }, (_, at) => ({ origin, batch, at, arrivedAtMs: batch.arrivedAtMs[at] ?? 0 }));
  // Sorting is stable, so records of the same millisecond keep the order of their sequence numbers, which is the page's.
  const page = [...lane.page.slice(lane.first), ...records].sort((one, other) => one.arrivedAtMs - other.arrivedAtMs);
  const held: Lane = { ...lane, page, first: 0, cameAtMs: nowMs };
  return advance(held, lastHeld(held) ?? dawn);
}

/** What a lane releases when everything up to and with `bound` is, and what it holds then. */
export function releaseUpTo(lane: Lane, bound: Mark, nowMs: number): { readonly lane: Lane; readonly released: readonly MergedRecord[] } {
  const { page, first } = lane;
  let end = first;
  for (let next = page[end]; next !== undefined && compareMarks(next, bound) <= 0; next = page[end]) end++;
  if (end === first) return { lane, released: [] };
  const left = end < page.length ? { first: end } : { page: [], first: 0, freeSinceMs: nowMs };
  return { lane: { ...lane, ...left }, released: page.slice(first, end) };
}
