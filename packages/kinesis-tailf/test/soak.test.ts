import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { seededRandom, simulatedClock, testContext } from "@sukima/core/testing";
import { expect, it } from "vitest";
import { recordsOf } from "../src/loop/batch.ts";
import { startAtRoots } from "../src/loop/lineage.ts";
import { tail } from "../src/loop/loop.ts";
import { SimulatedStream } from "./support/simulated-stream.ts";

const minuteMs = 60_000;

/** Bytes of the heap once garbage is gone. */
function heapBytes(): number {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect !== "function") throw new Error("this runtime does not collect on demand");
  collect();
  return process.memoryUsage().heapUsed;
}

interface Soaked {
  readonly put: number;
  readonly lost: number;
  readonly twice: number;
  /** Of the heap, from a quarter of the time to its end. */
  readonly grownBytes: number;
}

/** Follow a stream on a simulated clock that is split and merged all the time while two of five calls are throttled, then let everything drain. */
async function soak(minutes: number, reshards: number, seed: number, pageRecords: number): Promise<Soaked> {
  const clock = simulatedClock();
  const random = seededRandom(seed);
  const stream = new SimulatedStream(clock, random, 2);
  stream.throttled = 0.4;
  stream.pageRecords = pageRecords;
  const stop = new AbortController();
  const untilMs = minutes * minuteMs;
  const times = new Uint8Array(minutes * 1000);
  const heap: number[] = [];
  let put = 0;
  const feed = (): void => {
    if (clock.elapsedMs() > untilMs) return;
    for (const shard of stream.open) stream.put(shard, String(put++));
    clock.after(500, feed);
  };
  const reshard = (left: number): void => {
    const { open } = stream;
    if (open.length < 6 && (open.length < 3 || random() < 0.5)) stream.split(open[Math.floor(random() * open.length)] ?? "");
    else stream.merge(open[0] ?? "", open[1] ?? "");
    if (left > 1) clock.after(untilMs / reshards, () => reshard(left - 1));
  };
  const forget = (): void => {
    stream.forget(clock.elapsedMs() - 5 * minuteMs);
    if (clock.elapsedMs() < untilMs) clock.after(minuteMs, forget);
  };
  for (const share of [0.25, 1]) clock.after(untilMs * share, () => void heap.push(heapBytes()));
  feed();
  clock.after(1000, () => reshard(reshards));
  clock.after(minuteMs, forget);
  clock.after(untilMs + 20 * minuteMs, () => stop.abort(new Error("drained")));
  const listener = {
    begin() {},
    records(_shard: string, batch: Parameters<typeof recordsOf>[0]): void {
      for (const { data } of recordsOf(batch)) {
        const id = Number(String(data));
        times[id] = (times[id] ?? 0) + 1;
      }
    },
    pastEnd() {},
    progress() {},
    gap() {},
    trouble() {},
    stray() {},
    async look() {},
  };
  const settings = {
    range: { startMs: undefined, endMs: undefined },
    children: <T>(all: T): T => all,
    strays: true,
    start: startAtRoots({ at: "horizon" }),
    maxTps: 2,
    greedy: false,
    maxRate: 2 ** 21,
    concurrency: 64,
    memory: 2 ** 27,
    holds: false,
  };
  const ctx = { ...testContext({}), clock, random, signal: stop.signal };
  await expect(tail(stream, await stream.list({ kind: "horizon" }), settings, listener, ctx)).rejects.toThrow("drained");
  const counts = times.subarray(0, put);
  const [early = 0, late = 0] = heap;
  return {
    put,
    lost: counts.reduce((lost, count) => lost + (count === 0 ? 1 : 0), 0),
    twice: counts.reduce((twice, count) => twice + (count > 1 ? 1 : 0), 0),
    grownBytes: late - early,
  };
}

it.each([1, 2, 3])(
  "loses nothing and repeats nothing over 10 minutes, 50 reshards and two of five calls throttled (seed %d)",
  async (seed) => {
    const { put, lost, twice, grownBytes } = await soak(10, 50, seed, 10);
    expect(put).toBeGreaterThan(2000);
    expect({ lost, twice }).toEqual({ lost: 0, twice: 0 });
    expect(grownBytes).toBeLessThan(4 * 2 ** 20);
  },
  30_000,
);

// The long form, for `pnpm test:slow`.
it.runIf(process.env["SLOW"] === "1")(
  "does so for twelve hours and 3,600 reshards, in memory that stays the same",
  async () => {
    // By tens, so throttled, a line of shards that wait for their parents is not read as fast as it grows.
    const { put, lost, twice, grownBytes } = await soak(720, 3600, 4, 100);
    expect(put).toBeGreaterThan(200_000);
    expect({ lost, twice }).toEqual({ lost: 0, twice: 0 });
    expect(grownBytes).toBeLessThan(8 * 2 ** 20);
  },
  600_000,
);
