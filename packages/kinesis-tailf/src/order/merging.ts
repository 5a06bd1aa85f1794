import type { RecordBatch } from "../tail/batch.ts";
import { keyOf, type Origin } from "../tail/origin.ts";
import { advance, forever, hold, isHolding, type Lane, lastHeld, looseLane, type MergedRecord, newLane, releaseUpTo } from "./lane.ts";
import { compareMarks, compareOrigins, justBefore, laterMark, type Mark } from "./mark.ts";

/** Shards on their way into one order. */
export interface Merging {
  /** How long a record waits at the most for shards that are behind; undefined for as long as it takes. */
  readonly windowMs: number | undefined;
  readonly lanes: ReadonlyMap<string, Lane>;
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
  lanes: new Map(),
  released: justBefore(Number.NEGATIVE_INFINITY),
});

/** When the first record that is held will have waited for the window. */
export function dueAtMs({ windowMs, lanes }: Merging): number | undefined {
  if (windowMs === undefined) return undefined;
  const came = [...lanes.values()].filter(isHolding).map(({ cameAtMs }) => cameAtMs);
  return came.length === 0 ? undefined : came.reduce((one, other) => Math.min(one, other)) + windowMs;
}

/**
 * What becomes of the merge after an event. Pure. `nowMs` counts the window; a record waits from the event that brought it.
 * Released is what stands before the watermarks of all shards that are not done, and what has waited for the window, with whatever goes before it.
 */
export function nextMerging(merging: Merging, event: MergeEvent, nowMs: number): MergeStep {
  const lanes = new Map(merging.lanes);
  if ("origin" in event) changeLane(lanes, event, nowMs);
  const horizon = [...lanes.values()].reduce((least, { watermark }) => (compareMarks(watermark, least) < 0 ? watermark : least), forever);
  const overdue = event.kind === "flush" ? undefined : overdueMark(lanes.values(), merging.windowMs, nowMs);
  const bound = event.kind === "flush" ? forever : laterMark(horizon, overdue ?? horizon);

  const late = overdue === undefined ? [] : [...lanes.values()].filter((lane) => isLate(lane, bound, merging.windowMs ?? 0, nowMs));
  const stalled = late.flatMap(({ isStalled, origin }) => (isStalled ? [] : origin));
  for (const lane of late) lanes.set(keyOf(lane.origin), { ...lane, isStalled: true });

  const release = releaseAll(lanes, bound, nowMs);
  const last = release.at(-1);
  const released =
    last === undefined ? merging.released : laterMark(merging.released, { arrivedAtMs: last.arrivedAtMs, origin: last.origin });
  const after = { ...merging, lanes, released };
  for (const [key, lane] of lanes) {
    if (lane.watermark === forever && !isHolding(lane)) lanes.delete(key);
    else if (lane.isStalled && hasCaughtUp(lane, after, nowMs)) lanes.set(key, { ...lane, isStalled: false });
  }
  return { merging: after, release, stalled };
}

/** Whether records up to `bound` go without the shard though it has had the whole window to answer. What holds a page waits for others itself. */
const isLate = (lane: Lane, bound: Mark, windowMs: number, nowMs: number): boolean =>
  !isHolding(lane) && compareMarks(lane.watermark, bound) < 0 && nowMs - lane.freeSinceMs >= windowMs;

/** Nothing went out without the shard that it could still precede, and nothing has waited for it for half of the window: one that is always a little late stalls once, not again and again. */
function hasCaughtUp({ watermark }: Lane, { windowMs = 0, lanes, released }: Merging, nowMs: number): boolean {
  if (compareMarks(watermark, released) < 0) return false;
  return [...lanes.values()].every((lane) => {
    const last = lastHeld(lane);
    return last === undefined || compareMarks(last, watermark) <= 0 || nowMs - lane.cameAtMs < windowMs / 2;
  });
}

function changeLane(lanes: Map<string, Lane>, event: Extract<MergeEvent, { origin: Origin }>, nowMs: number): void {
  const { origin } = event;
  const key = keyOf(origin);
  const lane = lanes.get(key);
  switch (event.kind) {
    case "begin":
      if (lane === undefined) lanes.set(key, newLane(origin, nowMs));
      return;
    case "page":
      lanes.set(key, hold(lane ?? looseLane(origin, nowMs), event.batch, nowMs));
      return;
    case "position":
      if (lane !== undefined) lanes.set(key, advance(lane, justBefore(event.ms)));
      return;
    case "done":
      if (lane !== undefined) lanes.set(key, advance(lane, forever));
      return;
    default:
      event satisfies never;
  }
}

/** The last record of the pages that have waited for the window. */
function overdueMark(lanes: Iterable<Lane>, windowMs: number | undefined, nowMs: number): Mark | undefined {
  let mark: Mark | undefined;
  for (const lane of lanes) {
    const last = lastHeld(lane);
    if (windowMs === undefined || last === undefined || nowMs - lane.cameAtMs < windowMs) continue;
    mark = mark === undefined ? last : laterMark(mark, last);
  }
  return mark;
}

/** Take what stands up to and with `bound` out of the lanes, in the merged order. */
function releaseAll(lanes: Map<string, Lane>, bound: Mark, nowMs: number): MergedRecord[] {
  const release: MergedRecord[] = [];
  const holding = [...lanes.values()].filter(isHolding).sort((one, other) => compareOrigins(one.origin, other.origin));
  for (const held of holding) {
    const { lane, released } = releaseUpTo(held, bound, nowMs);
    lanes.set(keyOf(lane.origin), lane);
    for (const record of released) release.push(record);
  }
  // Stable: what arrived in the same millisecond stays in the order of the shards.
  return release.sort((one, other) => one.arrivedAtMs - other.arrivedAtMs);
}
