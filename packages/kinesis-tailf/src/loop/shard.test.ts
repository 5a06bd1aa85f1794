import { expect, it } from "vitest";
import type { Range } from "./range.ts";
import { isPastEnd, newShard, nextShard, type Shard, type ShardEvent } from "./shard.ts";

const open: Range = { startMs: undefined, endMs: undefined };
const reading: Shard = { ...newShard("shardId-0", [], { at: "time", ms: 1000 }), phase: "reading", iterator: "i0" };
const page = (more: Partial<Extract<ShardEvent, { kind: "page" }>> = {}): ShardEvent => ({
  kind: "page",
  next: "i1",
  behindMs: 0,
  serverMs: 50_000,
  lastSequence: undefined,
  arrivals: [],
  ...more,
});
const step = (shard: Shard, event: ShardEvent, range = open) => nextShard(shard, event, range, 1000, 1);

it("goes on behind the last record of a page, at once", () => {
  const { shard, pause } = step(reading, page({ lastSequence: "49", arrivals: [1, 2], behindMs: 10 }));
  expect([shard.position, shard.iterator, pause.ms]).toEqual([{ at: "after", sequence: "49" }, "i1", 0]);
});

it("asks again at once after an empty page that is behind, and later and later at the tip", () => {
  expect(step(reading, page({ behindMs: 5 })).pause.ms).toBe(0);
  const pauses: number[] = [];
  let shard = reading;
  for (let at = 0; at < 9; at++) {
    const next = step(shard, page());
    pauses.push(Math.round(next.pause.ms));
    shard = next.shard;
  }
  expect(pauses).toEqual([250, 313, 391, 488, 610, 763, 954, 1000, 1000]);
  expect(step(shard, page({ arrivals: [1], lastSequence: "1" })).shard.idle).toBe(0);
});

it("is drained by the page without a next iterator", () => {
  expect(step(reading, page({ next: undefined, arrivals: [1], lastSequence: "7" })).shard).toMatchObject({
    phase: "drained",
    position: { at: "after", sequence: "7" },
  });
});

it.each([
  [
    "behind the last record",
    { ...reading, position: { at: "after", sequence: "7" } as const, positionTimeMs: 9 },
    { at: "after", sequence: "7" },
  ],
  ["at the time up to which nothing was there", { ...reading, positionTimeMs: 9 }, { at: "time", ms: 9 }],
  ["where it began, before the first answer", reading, { at: "time", ms: 1000 }],
])("replaces an expired iterator %s", (_where, shard, position) => {
  expect(step(shard, { kind: "expired" }).shard).toMatchObject({ iterator: undefined, position, phase: "reading" });
});

it("goes to the oldest record, and tells the gap, when its place is gone", () => {
  expect(step(reading, { kind: "trimmed" })).toMatchObject({ gap: true, shard: { iterator: undefined, position: { at: "horizon" } } });
});

it("never gives a shard up for being throttled: waits double from 0.2 s to 10 s, and shrink again after an answer", () => {
  const waits: number[] = [];
  let shard = reading;
  for (let at = 0; at < 8; at++) {
    const next = step(shard, { kind: "throttled" });
    waits.push(next.pause.ms);
    shard = next.shard;
  }
  expect(waits).toEqual([200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
  expect([shard.phase, shard.iterator, step(shard, page()).shard.failures]).toEqual(["reading", "i0", 0]);
});

it("counts a trimmed shard that is gone as read, and a refused one as failed", () => {
  expect(step(reading, { kind: "gone" }).shard.phase).toBe("drained");
  expect(step(reading, { kind: "refused" }).shard.phase).toBe("failed");
});

const range = { startMs: 10_000, endMs: 20_000 };

it("is done when its position time is two seconds past the end, however empty it is", () => {
  expect(step(reading, page({ serverMs: 22_000 }), range).shard.phase).toBe("reading");
  expect(step(reading, page({ serverMs: 22_001 }), range).shard.phase).toBe("drained");
  expect(step(reading, page({ serverMs: 90_000, behindMs: 68_000 }), range).shard.phase).toBe("reading");
});

it("is not done by one late record, but by a thousand in a row", () => {
  const late = page({ behindMs: 80_000, serverMs: 100_000, arrivals: Array.from({ length: 999 }, () => 20_001), lastSequence: "1" });
  const { shard } = step(reading, late, range);
  expect([shard.late, shard.phase]).toEqual([999, "reading"]);
  expect(step(shard, page({ behindMs: 80_000, serverMs: 100_000, arrivals: [15_000], lastSequence: "2" }), range).shard.late).toBe(0);
  expect(step(shard, page({ behindMs: 80_000, serverMs: 100_000, arrivals: [20_001], lastSequence: "2" }), range).shard.phase).toBe(
    "drained",
  );
  expect(isPastEnd({ positionTimeMs: undefined, late: 5000 }, open)).toBe(false);
});

it("is done at the tip when it is not to be followed", () => {
  const toTip = { ...open, toTip: true };
  expect(step(reading, page({ behindMs: 1 }), toTip).shard.phase).toBe("reading");
  expect(step(reading, page({ arrivals: [1], lastSequence: "1" }), toTip).shard.phase).toBe("drained");
});
