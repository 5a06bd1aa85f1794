import { expect, it } from "vitest";
import { newShard, type Shard } from "../loop/shard.ts";
import { PositionTrack } from "./track.ts";

const stream = { streamArn: "arn:s", createdMs: 1 };
const reading = (more: Partial<Shard> = {}): Shard => ({ ...newShard("a", [], { at: "horizon" }), phase: "reading", ...more });
const positionOf = (track: PositionTrack) => track.checkpoint.shards.get("a");

it("has a position for a shard before its first record, so that a later run begins there", () => {
  const track = new PositionTrack(stream, new Map());
  track.begin("a", 5000);
  expect(positionOf(track)).toEqual({ sequence: null, sub: null, state: "reading", timeMs: 5000 });
  track.progress(reading({ positionTimeMs: 7000 }));
  expect(positionOf(track)).toEqual({ sequence: null, sub: null, state: "reading", timeMs: 7000 });
});

it("moves to the last record of a page, and remembers a shard that is drained", () => {
  const track = new PositionTrack(stream, new Map());
  track.progress(reading({ position: { at: "after", sequence: "9" }, positionTimeMs: 8000 }));
  expect(positionOf(track)).toEqual({ sequence: "9", sub: null, state: "reading", timeMs: 8000 });
  track.progress(reading({ phase: "drained", position: { at: "after", sequence: "9" }, positionTimeMs: 9000 }));
  expect(positionOf(track)).toEqual({ sequence: "9", sub: null, state: "drained", timeMs: 9000 });
});

it("lets a shard that was read to the end of the range only be read on by the next run", () => {
  const track = new PositionTrack(stream, new Map());
  track.progress(reading({ phase: "drained", iterator: "i", position: { at: "after", sequence: "9" } }));
  expect(positionOf(track)?.state).toBe("reading");
});

it("keeps the place inside an aggregated record until the shard has moved on", () => {
  const inside = { sequence: "9", sub: 2, state: "reading", timeMs: 8000 } as const;
  const track = new PositionTrack(stream, new Map([["a", inside]]));
  track.begin("a", 1);
  track.progress(reading({ position: { at: "sequence", sequence: "9" } }));
  expect(positionOf(track)).toEqual(inside);
  track.progress(reading({ position: { at: "after", sequence: "9" }, positionTimeMs: 8500 }));
  expect(positionOf(track)).toEqual({ sequence: "9", sub: null, state: "reading", timeMs: 8500 });
});

it("lets a shard that was refused be read again by the next run", () => {
  const track = new PositionTrack(stream, new Map());
  track.progress(reading({ phase: "failed", position: { at: "after", sequence: "9" } }));
  expect(positionOf(track)?.state).toBe("reading");
});
