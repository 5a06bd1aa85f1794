import { simulatedClock } from "@sukima/core/testing";
import { describe, expect, it } from "vitest";
import { batchOf } from "../loop/batch.ts";
import type { Origin } from "../print/origin.ts";
import type { MergedRecord } from "./lane.ts";
import { createMerge, type Taken } from "./merge.ts";

const a: Origin = { stream: "app", shard: "a" };
const b: Origin = { stream: "app", shard: "b" };

/** Records that are named `12@5`: sequence number and arrival. */
const page = (...names: readonly string[]) =>
  batchOf(
    names.map((name) => {
      const [sequence = "", time = ""] = name.split("@");
      return { sequence, key: "k", arrivedAtMs: Number(time), data: Buffer.of() };
    }),
  );

const nameOf = ({ origin, batch, at, arrivedAtMs }: MergedRecord): string => `${origin.shard}${batch.sequence(at)}@${arrivedAtMs}`;

/** A merge that writes down when it prints what, each print taking `printMs`, and when a page is out. */
function scene(windowMs?: number, printMs = 0, taken = (count: number): Taken => ({ whole: count, sub: null })) {
  const clock = simulatedClock();
  const events: string[] = [];
  const note = (text: string): void => void events.push(`${clock.elapsedMs()} ${text}`);
  const merge = createMerge(
    {
      windowMs,
      async print(records) {
        note(records.map(nameOf).join(" "));
        if (printMs > 0) await clock.sleep(printMs);
        return taken(records.length);
      },
      stalled: ({ shard }) => note(`!${shard}`),
    },
    clock,
  );
  const give = async (origin: Origin, ...names: readonly string[]): Promise<void> => {
    await merge.records(origin, page(...names));
    note(`${origin.shard} is out`);
  };
  return { clock, events, merge, give };
}

it("lets a shard be read on when the last record of its page is printed, and no sooner", async () => {
  const { clock, events, merge, give } = scene();
  merge.begin(a);
  merge.begin(b);
  const first = give(a, "1@10", "2@30");
  clock.after(100, () => void give(b, "1@20"));
  clock.after(200, () => merge.position(b, 31));
  await first;
  expect(events).toEqual(["100 a1@10 b1@20", "100 b is out", "200 a2@30", "200 a is out"]);
});

it("prints one batch at a time, and in one what has gathered meanwhile", async () => {
  const { clock, events, merge, give } = scene(undefined, 50);
  merge.begin(a);
  merge.begin(b);
  void give(a, "1@10");
  clock.after(10, () => merge.position(b, 20));
  clock.after(20, () => void give(b, "1@30", "2@35"));
  clock.after(30, () => merge.position(a, 32));
  clock.after(40, () => merge.position(a, 40));
  await clock.sleep(200);
  expect(events).toEqual(["10 a1@10", "60 b1@30 b2@35", "60 a is out", "110 b is out"]);
});

it("prints what has waited for the window, and reports the shard that is behind", async () => {
  const { clock, events, merge, give } = scene(2000);
  merge.begin(a);
  merge.begin(b);
  await clock.sleep(500);
  await give(a, "1@10");
  expect(events).toEqual(["2500 !b", "2500 a1@10", "2500 a is out"]);
});

it("does not count the time in which the reader of the output lets it wait", async () => {
  const { clock, events, merge, give } = scene(2000, 60_000);
  merge.begin(a);
  merge.begin(b);
  clock.after(0, () => void give(b, "1@1"));
  clock.after(100, () => merge.position(a, 5));
  clock.after(1000, () => void give(a, "1@10", "2@20"));
  clock.after(61_000, () => merge.position(b, 30));
  await clock.sleep(130_000);
  expect(events).toEqual(["100 b1@1", "60100 b is out", "61000 a1@10 a2@20", "121000 a is out"]);
});

describe("at the end", () => {
  it("prints all that is held, in order", async () => {
    const { events, merge, give } = scene(2000, 10);
    merge.begin(a);
    merge.begin(b);
    void give(a, "1@10", "2@30");
    void give(b, "1@20");
    await merge.flush();
    expect(events).toEqual(["0 a1@10 b1@20 a2@30", "10 a is out", "10 b is out"]);
  });

  it("takes nothing more, and leaves no timer", async () => {
    const { clock, events, merge, give } = scene(2000);
    merge.begin(a);
    merge.begin(b);
    void give(a, "1@10");
    await merge.flush();
    await give(a, "2@20");
    await clock.sleep(10_000);
    expect([events, merge.accepted(a)]).toEqual([["0 a1@10", "0 a is out", "0 a is out"], { sequence: "1", sub: null, arrivedAtMs: 10 }]);
  });
});

describe("what has been accepted of a shard", () => {
  it("ends before its first record that is not printed, though a later one may be", async () => {
    const { merge, give } = scene();
    merge.begin(a);
    merge.begin(b);
    expect(merge.accepted(a)).toBe(undefined);
    const out = give(a, "1@10", "2@40", "3@20");
    await give(b, "1@30");
    expect(merge.accepted(a)).toEqual({ sequence: "1", sub: null, arrivedAtMs: 10 });
    merge.done(b);
    await out;
    expect(merge.accepted(a)).toEqual({ sequence: "3", sub: null, arrivedAtMs: 20 });
  });

  it("ends before what the output did not take, when that was full", async () => {
    const { merge, give } = scene(undefined, 0, () => ({ whole: 2, sub: null }));
    merge.begin(a);
    await give(a, "1@10", "2@20", "3@30");
    expect(merge.accepted(a)).toEqual({ sequence: "2", sub: null, arrivedAtMs: 20 });
  });

  it("ends inside of the record that the output took in part, whatever is offered to it later", async () => {
    let offers = 0;
    const { merge, give } = scene(undefined, 0, () => (offers++ === 0 ? { whole: 1, sub: 4 } : { whole: 0, sub: null }));
    merge.begin(a);
    merge.begin(b);
    const out = give(a, "1@10", "2@20", "3@40");
    await give(b, "1@30");
    merge.done(b);
    await out;
    expect([merge.accepted(a), merge.accepted(b)]).toEqual([{ sequence: "2", sub: 4, arrivedAtMs: 20 }, undefined]);
  });

  it("is known after it is drained", async () => {
    const { merge, give } = scene();
    merge.begin(a);
    await give(a, "1@10");
    merge.done(a);
    expect(merge.accepted(a)).toEqual({ sequence: "1", sub: null, arrivedAtMs: 10 });
  });
});

it("fails for every shard that waits and every later one when a print fails", async () => {
  const clock = simulatedClock();
  const print = async (): Promise<Taken> => Promise.reject(new Error("no space left"));
  const merge = createMerge({ windowMs: undefined, print, stalled() {} }, clock);
  merge.begin(a);
  merge.begin(b);
  const held = merge.records(b, page("1@20"));
  const printed = merge.records(a, page("1@10"));
  await expect(printed).rejects.toThrow("no space left");
  await expect(held).rejects.toThrow("no space left");
  await expect(merge.records(a, page("2@30"))).rejects.toThrow("no space left");
  await expect(merge.flush()).rejects.toThrow("no space left");
});
