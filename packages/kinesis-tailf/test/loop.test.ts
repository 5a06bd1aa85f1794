import { seededRandom, simulatedClock, testContext } from "@sukima/core/testing";
import { expect, it } from "vitest";
import { type RecordBatch, recordsOf } from "../src/loop/batch.ts";
import { startAtRoots } from "../src/loop/lineage.ts";
import { type FailedShard, tail, type TailListener, type TailSettings } from "../src/loop/loop.ts";
import { SimulatedStream } from "./support/simulated-stream.ts";

const settings: TailSettings = {
  range: { startMs: undefined, endMs: undefined },
  children: (all) => all,
  strays: true,
  start: startAtRoots({ at: "horizon" }),
  maxTps: 2,
  maxRate: 2 ** 21,
  greedy: false,
  concurrency: 64,
  memory: 2 ** 27,
  holds: false,
};

/** A listener that hands records on and passes over the rest. */
const hears = (records: TailListener["records"]): TailListener => ({
  begin() {},
  records,
  pastEnd() {},
  progress() {},
  gap() {},
  trouble() {},
  stray() {},
  async look() {},
});

/** A stream, and a tail that writes down what it prints until it is told to stop. */
function scene(shards: number, seed = 1) {
  const clock = simulatedClock();
  const random = seededRandom(seed);
  const stream = new SimulatedStream(clock, random, shards);
  const stop = new AbortController();
  const ctx = { ...testContext({}), clock, random, signal: stop.signal };
  const printed: string[] = [];
  const start = async (more: Partial<TailSettings> = {}, chosen?: string): Promise<readonly FailedShard[]> => {
    const listener = hears(
      (_shard: string, records: RecordBatch) => void printed.push(...recordsOf(records).map(({ data }) => String(data))),
    );
    const listed = (await stream.list({ kind: "horizon" })).filter(({ id }) => chosen === undefined || id === chosen);
    return tail(stream, listed, { ...settings, ...more }, listener, ctx);
  };
  return { clock, random, stream, stop, printed, start };
}

it("reads a split shard to its end, then its children from their first record (A3, K3)", async () => {
  const { stream, clock, printed, start, stop } = scene(1);
  const [parent = ""] = stream.open;
  for (let at = 0; at < 25; at++) stream.put(parent, `p${at}`);
  stream.split(parent);
  for (const child of stream.open) stream.put(child, `child of ${child.slice(-1)}`);
  clock.after(60_000, () => stop.abort(new Error("seen enough")));
  await expect(start()).rejects.toThrow("seen enough");
  expect(printed.slice(0, 25)).toEqual(Array.from({ length: 25 }, (_, at) => `p${at}`));
  expect(printed.slice(25).sort()).toEqual(["child of 1", "child of 2"]);
});

it.each([[true], [false]])("reads the child of a merge exactly once (A4; children told: %s)", async (tells) => {
  const { stream, clock, printed, start, stop } = scene(2);
  stream.tellsChildren = tells;
  const [one = "", other = ""] = stream.open;
  stream.put(one, "a");
  stream.put(other, "b");
  stream.merge(one, other);
  stream.put(stream.open[0] ?? "", "merged");
  clock.after(60_000, () => stop.abort(new Error("seen enough")));
  await expect(start()).rejects.toThrow("seen enough");
  expect([printed.slice(0, 2).sort(), printed.slice(2)]).toEqual([["a", "b"], ["merged"]]);
});

it("finds an open shard that nobody told of within a minute", async () => {
  const { stream, clock, printed, start, stop } = scene(1);
  clock.after(10_000, () => {
    stream.grow();
    stream.put(stream.open[1] ?? "", "from the new one");
  });
  clock.after(120_000, () => stop.abort(new Error("seen enough")));
  await expect(start()).rejects.toThrow("seen enough");
  expect(printed).toEqual(["from the new one"]);
});

const numbered = (count: number, from = 0): string[] => Array.from({ length: count }, (_, at) => `${from + at}`);

it.each([[true], [false]])("reads the child of a merge after a parent that it has not come to yet (children told: %s)", async (tells) => {
  const { stream, clock, printed, start, stop } = scene(2);
  stream.tellsChildren = tells;
  const [quiet = "", behind = ""] = stream.open;
  clock.after(1000, () => {
    for (const text of numbered(200)) stream.put(behind, text);
    stream.split(behind);
    const [, low = ""] = stream.open;
    stream.put(low, "200");
    stream.merge(quiet, low);
    stream.put(stream.open.at(-1) ?? "", "201");
  });
  clock.after(60_000, () => stop.abort(new Error("seen enough")));
  await expect(start()).rejects.toThrow("seen enough");
  expect(printed).toEqual(numbered(202));
});

it("reads a grandchild that is found by looking after its parent, which nobody has told of yet", async () => {
  const { stream, clock, printed, start, stop } = scene(1);
  const [first = ""] = stream.open;
  clock.after(1000, () => {
    for (const text of numbered(2000)) stream.put(first, text);
    stream.split(first);
    const [low = ""] = stream.open;
    for (const text of numbered(200, 2000)) stream.put(low, text);
    stream.split(low);
    stream.put(stream.open.at(-1) ?? "", "2200");
  });
  clock.after(300_000, () => stop.abort(new Error("seen enough")));
  await expect(start()).rejects.toThrow("seen enough");
  expect(printed).toEqual(numbered(2201));
});

it.each([[true], [false]])(
  "reads nothing but a chosen shard and what follows it, however long (of a merge with another: %s)",
  async (merges) => {
    const { stream, clock, printed, start, stop } = scene(2);
    const [chosen = "", other = ""] = stream.open;
    clock.after(70_000, () => {
      stream.put(other, "of the other");
      stream.put(chosen, "of the chosen one");
      stream.split(other);
      if (merges) stream.merge(chosen, stream.open[1] ?? "");
      else stream.split(chosen);
      stream.put(stream.open[0] ?? "", "of a child of the other");
      stream.put(stream.open.at(-1) ?? "", "of a child");
    });
    clock.after(300_000, () => stop.abort(new Error("seen enough")));
    await expect(start({ strays: false }, chosen)).rejects.toThrow("seen enough");
    expect(printed).toEqual(["of the chosen one", "of a child"]);
  },
);

it("finishes an empty past range with two calls a shard at the most (A7, K8)", async () => {
  const { stream, clock, start } = scene(4);
  await clock.sleep(600_000);
  expect(await start({ range: { startMs: 100_000, endMs: 200_000 }, start: startAtRoots({ at: "time", ms: 100_000 }) })).toEqual([]);
  expect([...stream.calls.values()].map((times) => times.length)).toEqual([1, 1, 1, 1]);
});

it("prints what arrived up to the end of a range, out of order or not, and nothing later (A8)", async () => {
  const { stream, clock, printed, start } = scene(1);
  await clock.sleep(600_000);
  const [shard = ""] = stream.open;
  for (const ms of [99, 100, 205, 150, 201, 200, 300]) stream.put(shard, String(ms), ms * 1000);
  await start({ range: { startMs: 100_000, endMs: 200_000 }, start: startAtRoots({ at: "time", ms: 100_000 }) });
  expect(printed).toEqual(["100", "150", "200"]);
});

it("keeps to the call budget of each shard, however often it is throttled (A5, K4, K13)", async () => {
  const { stream, clock, start, stop } = scene(2);
  stream.throttled = 0.4;
  const feed = (): void => {
    for (const shard of stream.open) stream.put(shard, "x");
    clock.after(100, feed);
  };
  feed();
  clock.after(60_000, () => stop.abort(new Error("seen enough")));
  await expect(start()).rejects.toThrow("seen enough");
  for (const times of stream.calls.values()) {
    const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(499);
  }
});

it("ends two seconds after it is stopped, though the reader of the output has stalled", async () => {
  const { stream, clock, random, stop } = scene(2);
  for (const shard of stream.open) stream.put(shard, "x");
  clock.after(10_000, () => stop.abort(new Error("stopped")));
  const ctx = { ...testContext({}), clock, random, signal: stop.signal };
  const stalled = hears(() => new Promise<void>(() => {}));
  await expect(tail(stream, await stream.list({ kind: "horizon" }), settings, stalled, ctx)).rejects.toThrow("stopped");
  expect(clock.elapsedMs()).toBe(12_000);
});

it("recovers expired iterators without loss or repetition when the reader slept for minutes (A6, K5)", async () => {
  const { stream, clock, random, printed, stop } = scene(1);
  const [shard = ""] = stream.open;
  for (let at = 0; at < 30; at++) stream.put(shard, String(at));
  let slept = false;
  const listener = hears(async (_shard: string, records: RecordBatch): Promise<void> => {
    printed.push(...recordsOf(records).map(({ data }) => String(data)));
    if (!slept) await clock.sleep(360_000);
    slept = true;
  });
  clock.after(500_000, () => stop.abort(new Error("seen enough")));
  const ctx = { ...testContext({}), clock, random, signal: stop.signal };
  await expect(tail(stream, await stream.list({ kind: "horizon" }), settings, listener, ctx)).rejects.toThrow("seen enough");
  expect(printed).toEqual(Array.from({ length: 30 }, (_, at) => String(at)));
});
