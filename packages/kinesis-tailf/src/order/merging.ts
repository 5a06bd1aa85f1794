import type { RecordBatch } from "../loop/batch.ts";
import type { Origin } from "../print/origin.ts";
import { advance, forever, hold, isHolding, type Lane, lastHeld, looseLane, type MergedRecord, newLane, releaseUpTo } from "./lane.ts";
import { compareMarks, compareOrigins, justBefore, laterMark, type Mark } from "./mark.ts";

/** Shards on their way into one order. */
export interface Merging {
  /** How long a record waits at the most for shards that are behind; undefined for as long as it takes. */
  readonly windowMs: number | undefined;
  /** By stream and shard. */
  readonly lanes: readonly Lane[];
  /** Records up to this place have been released. */
  readonly released: Mark;
}

export type MergeEvent =
  /** A shard is read from now on. */
  | { readonly kind: "begin"; readonly origin: Origin }
  /** It gave records; it gives no more before these are released. */
  | { readonly kind: "page"; readonly origin: Origin; readonly batch: RecordBatch }
  /** It has given whatever arrived before this moment. */
  | { readonly kind: "position"; readonly origin: Origin; readonly ms: number }
  /** It is drained or failed. */
  | { readonly kind: "done"; readonly origin: Origin }
  /** Time has passed. */
  | { readonly kind: "tick" }
  /** Nothing is waited for any more. */
  | { readonly kind: "flush" };

/** What an event came to. */
export interface MergeStep {
  readonly merging: Merging;
  /** Records to print, in the merged order. */
  readonly release: readonly MergedRecord[];
  /** Shards that the released records could not wait for; each is named once until it has caught up. */
  readonly stalled: readonly Origin[];
}

export const newMerging = (windowMs: number | undefined): Merging => ({
  windowMs,
  lanes: [],
  released: justBefore(Number.NEGATIVE_INFINITY),
});

/** When the first record that is held will have waited for the window. */
export function dueAtMs({ windowMs, lanes }: Merging): number | undefined {
  const cameAtMs = lanes.reduce((first, lane) => (isHolding(lane) ? Math.min(first, lane.cameAtMs) : first), Number.POSITIVE_INFINITY);
  return windowMs === undefined || cameAtMs === Number.POSITIVE_INFINITY ? undefined : cameAtMs + windowMs;
}

/**
 * What becomes of the merge after an event. Pure. `nowMs` counts the window; a record waits from the event that brought it.
 * Released is what stands before the watermarks of all shards that are not done, and what has waited for the window, with whatever goes before it.
 */
export function nextMerging(merging: Merging, event: MergeEvent, nowMs: number): MergeStep {
  const { windowMs = Number.POSITIVE_INFINITY } = merging;
  const changed = "origin" in event ? withEvent(merging.lanes, event, nowMs) : merging.lanes;
  const horizon = changed.reduce((least, { watermark }) => (compareMarks(watermark, least) < 0 ? watermark : least), forever);
  const overdue = overdueMark(changed, windowMs, nowMs);
  const bound = event.kind === "flush" ? forever : laterMark(horizon, overdue ?? horizon);
  const late = new Set(
    overdue === undefined || event.kind === "flush" ? [] : changed.filter((lane) => isLate(lane, bound, windowMs, nowMs)),
  );

  const release: MergedRecord[] = [];
  const lanes: Lane[] = [];
  for (const before of changed) {
    const { lane, released } = releaseUpTo(before, bound, nowMs);
    for (const record of released) release.push(record);
    if (lane.watermark !== forever || isHolding(lane)) lanes.push(late.has(before) ? { ...lane, isStalled: true } : lane);
  }
  // Stable: what arrived in the same millisecond stays in the order of the shards.
  release.sort((one, other) => one.arrivedAtMs - other.arrivedAtMs);

  const last = release.at(-1);
  const released =
    last === undefined ? merging.released : laterMark(merging.released, { arrivedAtMs: last.arrivedAtMs, origin: last.origin });
  for (const [at, lane] of lanes.entries()) {
    if (lane.isStalled && hasCaughtUp(lane, lanes, released, windowMs, nowMs)) lanes[at] = { ...lane, isStalled: false };
  }
  const stalled = [...late].flatMap(({ isStalled, origin }) => (isStalled ? [] : origin));
  return { merging: { ...merging, lanes, released }, release, stalled };
}

/** Whether records up to `bound` go without the shard though it has had the whole window to answer. What holds a page waits for others itself. */
const isLate = (lane: Lane, bound: Mark, windowMs: number, nowMs: number): boolean =>
  !isHolding(lane) && compareMarks(lane.watermark, bound) < 0 && nowMs - lane.freeSinceMs >= windowMs;

/** Nothing went out without the shard that it could still precede, and nothing has waited for it for half of the window: one that is always a little late stalls once, not again and again. */
const hasCaughtUp = ({ watermark }: Lane, lanes: readonly Lane[], released: Mark, windowMs: number, nowMs: number): boolean =>
  compareMarks(watermark, released) >= 0 &&
  lanes.every((lane) => {
    const last = lastHeld(lane);
    return last === undefined || compareMarks(last, watermark) <= 0 || nowMs - lane.cameAtMs < windowMs / 2;
  });

/** The last record of the pages that have waited for the window. */
function overdueMark(lanes: readonly Lane[], windowMs: number, nowMs: number): Mark | undefined {
  const overdue = lanes.filter((lane) => isHolding(lane) && nowMs - lane.cameAtMs >= windowMs);
  return overdue
    .flatMap((lane) => lastHeld(lane) ?? [])
    .reduce<Mark | undefined>((latest, mark) => laterMark(latest ?? mark, mark), undefined);
}

/** The lanes with what an event says about one of them. */
function withEvent(lanes: readonly Lane[], event: Extract<MergeEvent, { origin: Origin }>, nowMs: number): readonly Lane[] {
  const { origin } = event;
  const place = placeOf(lanes, origin);
  const found = lanes[place];
  const lane = found !== undefined && compareOrigins(found.origin, origin) === 0 ? found : undefined;
  switch (event.kind) {
    case "begin":
      return lane === undefined ? lanes.toSpliced(place, 0, newLane(origin, nowMs)) : lanes;
    case "page":
      return lanes.toSpliced(place, lane === undefined ? 0 : 1, hold(lane ?? looseLane(origin, nowMs), event.batch, nowMs));
    case "position":
      return lane === undefined ? lanes : lanes.with(place, advance(lane, justBefore(event.ms)));
    case "done":
      return lane === undefined ? lanes : lanes.with(place, advance(lane, forever));
    default:
      return event satisfies never;
  }
}

/** Where the lane of a shard stands, or would. */
function placeOf(lanes: readonly Lane[], origin: Origin): number {
  let [from, to] = [0, lanes.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const lane = lanes[middle];
    if (lane !== undefined && compareOrigins(lane.origin, origin) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}
