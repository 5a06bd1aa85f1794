import { seededRandom, simulatedClock, testContext } from "@sukima/core/testing";
import { expect, it } from "vitest";
import { createMerge } from "../../src/order/merge.ts";
import { recordAt } from "../../src/loop/batch.ts";
import { startAtRoots } from "../../src/loop/lineage.ts";
import { tail, type TailListener, type TailSettings } from "../../src/loop/loop.ts";
import { SimulatedStream } from "../support/simulated-stream.ts";

const settings: TailSettings = {
  range: { startMs: undefined, endMs: 60_000 },
  children: (all) => all,
  strays: true,
  start: startAtRoots({ at: "horizon" }),
  maxTps: 2,
  greedy: false,
  maxRate: 2 ** 21,
  concurrency: 64,
  memory: 2 ** 27,
  holds: true,
};

it.each([1, 2, 3])("a past range of shards that split and merge is printed in the order of arrival (seed %d)", async (seed) => {
  const clock = simulatedClock();
  const random = seededRandom(seed);
  const stream = new SimulatedStream(clock, random, 4);
  stream.throttled = 0.3;
  const put: string[] = [];
  for (let ms = 0; ms < 50_000; ms += Math.floor(random() * 200)) {
    const shard = stream.open[Math.floor(random() * stream.open.length)] ?? "";
    put.push(`${ms} in ${shard}`);
    stream.put(shard, put.at(-1) ?? "", ms);
    if (put.length === 100) stream.split(stream.open[0] ?? "");
    if (put.length === 200) stream.merge(stream.open[0] ?? "", stream.open[1] ?? "");
    if (put.length === 300) stream.split(stream.open[2] ?? "");
  }
  await clock.sleep(600_000);

  const printed: string[] = [];
  const merge = createMerge(
    {
      windowMs: undefined,
      async print(records) {
        await clock.sleep(20);
        printed.push(...records.map(({ batch, at }) => String(recordAt(batch, at).data)));
        return { whole: records.length, sub: null };
      },
      stalled() {},
    },
    clock,
  );
  const originOf = (shard: string) => ({ stream: "app", shard });
  const listener: TailListener = {
    begin: (shard) => merge.begin(originOf(shard)),
    records: (shard, batch) => merge.records(originOf(shard), batch),
    pastEnd() {},
    progress({ id, phase, positionTimeMs }) {
      if (positionTimeMs !== undefined) merge.position(originOf(id), positionTimeMs);
      if (phase !== "reading") merge.done(originOf(id));
    },
    gap() {},
    trouble() {},
    stray() {},
    async look() {},
  };
  await tail(stream, await stream.list({ kind: "horizon" }), settings, listener, { ...testContext({}), clock, random });
  await merge.flush();

  expect(put.length).toBeGreaterThan(400);
  const place = (text: string): [ms: number, shard: string] => [Number.parseInt(text, 10), text.slice(text.indexOf(" "))];
  const sorted = [...put].sort((one, other) => {
    const [[ms, shard], [otherMs, otherShard]] = [place(one), place(other)];
    return ms - otherMs || (shard < otherShard ? -1 : shard > otherShard ? 1 : 0);
  });
  expect(printed).toEqual(sorted);
});
