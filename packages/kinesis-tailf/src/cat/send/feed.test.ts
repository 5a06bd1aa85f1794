import { simulatedClock, testContext } from "@sukima/core/testing";
import { expect, it } from "vitest";
import { openOutbox } from "./open-outbox.ts";
import { feed } from "./feed.ts";
import { adaptivePace } from "./pace.ts";
import type { ListShards, SendPort } from "./port.ts";

const limits = { recordBytes: 1e6, requestBytes: 1e6, requestRecords: 500 };

it("ends, with everything sent, where a shard takes records that is never listed", async () => {
  const clock = simulatedClock();
  const ctx = { ...testContext({}), clock };
  const list: ListShards = async () => [{ shard: "open", from: 0n, to: 2n ** 128n - 1n }];
  const port: SendPort = { send: async (batch) => batch.map(() => ({ kind: "arrived", shard: "closed" })) };
  const users = Array.from({ length: 50 }, (_, ordinal) => ({ ordinal, key: `k${ordinal}`, data: Buffer.from("x") }));
  const input = (async function* () {
    yield users;
  })();
  const outbox = await openOutbox({ aggregate: true, "aggregate-size": 2048, ordered: false }, limits, list, () => 1, ctx);
  const arrived: number[] = [];
  let unpacked = 0;
  const listener = {
    arrived: ({ ordinal }: { readonly ordinal: number }) => void arrived.push(ordinal),
    answered() {},
    remapping() {},
    unpacking: () => void unpacked++,
  };
  const settings = { concurrency: 8, ahead: { bytes: 1e6, records: 1000 }, weigh: () => 1 };
  expect(await feed({ input, outbox, pace: adaptivePace(), port, list }, settings, listener, ctx)).toBeUndefined();
  expect([arrived, unpacked]).toEqual([users.map(({ ordinal }) => ordinal), 1]);
  expect(clock.elapsedMs()).toBeLessThan(60_000);
});
