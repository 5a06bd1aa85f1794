import { simulatedClock } from "@sukima/core/testing";
import { expect, it } from "vitest";
import { batchOf } from "./batch.ts";
import type { Page } from "./port.ts";
import type { ShardEvent } from "./shard.ts";
import { createPace } from "./shard-pace.ts";

const allowance = { maxTps: 2, greedy: false, maxRate: 2 ** 21 };
const page = (bytes: number, behindMs = 0): Page => ({
  records: batchOf([{ sequence: "1", key: "", arrivedAtMs: 0, data: Buffer.alloc(bytes) }]),
  next: "i",
  behindMs,
  serverMs: 0,
  children: undefined,
});
const answered = (behindMs = 0): ShardEvent => ({ kind: "page", next: "i", behindMs, serverMs: 0, lastSequence: "1", arrivals: [] });

it("makes two calls a second", async () => {
  const clock = simulatedClock();
  const pace = createPace(clock, allowance);
  const waits: number[] = [];
  for (let call = 0; call < 3; call++) {
    waits.push(pace.beforeCall());
    await clock.sleep(waits.at(-1) ?? 0);
    pace.afterCall(answered(), page(0));
  }
  expect(waits).toEqual([0, 500, 500]);
});

it("waits after a page as long as the service refuses calls: five seconds for 10 MiB, whatever the reader took of them", async () => {
  const clock = simulatedClock();
  const pace = createPace(clock, allowance);
  pace.beforeCall();
  pace.afterCall(answered(), page(10 * 2 ** 20));
  expect(pace.beforeCall()).toBe(5000);
  await clock.sleep(3000);
  expect(pace.beforeCall()).toBe(2000);
});

it("halves its calls with each throttle and wins them back step by step", async () => {
  const clock = simulatedClock();
  const pace = createPace(clock, allowance);
  const gap = async (): Promise<number> => {
    const ms = pace.beforeCall();
    await clock.sleep(ms);
    return Math.round(ms);
  };
  await gap();
  for (let times = 0; times < 2; times++) pace.afterCall({ kind: "throttled" }, undefined);
  expect(await gap()).toBe(2000);
  pace.afterCall(answered(), page(0));
  expect(await gap()).toBe(1429);
  pace.afterCall(answered(), page(0));
  expect(await gap()).toBe(1111);
});

it("takes the service's five calls while it is behind, if that is asked for", async () => {
  const clock = simulatedClock();
  const pace = createPace(clock, { ...allowance, greedy: true });
  const gaps: number[] = [];
  for (let call = 0; call < 30; call++) {
    gaps.push(Math.round(pace.beforeCall()));
    await clock.sleep(gaps.at(-1) ?? 0);
    pace.afterCall(answered(call < 25 ? 1000 : 0), page(0, call < 25 ? 1000 : 0));
  }
  expect([gaps[20], gaps.at(-1)]).toEqual([200, 500]);
});
