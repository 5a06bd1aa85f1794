import { expect, it } from "vitest";
import { deaggregate } from "../../kpl/deaggregate.ts";
import type { UserRecord } from "../send/entry.ts";
import { Groups } from "./groups.ts";
import { hashOf, ShardMap } from "./shard-map.ts";

const half = 2n ** 127n;
const halves = new ShardMap([
  { shard: "high", from: half, to: half * 2n - 1n },
  { shard: "low", from: 0n, to: half - 1n },
]);
const settings = { limitBytes: 200, lingerMs: 100, isOrdered: false };

const users = (count: number, bytes = 10): UserRecord[] =>
  Array.from({ length: count }, (_, ordinal) => ({ ordinal, key: `k${ordinal}`, data: Buffer.alloc(bytes, ordinal) }));

it("packs each record for the shard of its own key, under a hash key of that shard and the limit", () => {
  const groups = new Groups(halves, settings);
  const entries = [...users(100).flatMap((user) => groups.add(user, 0)), ...groups.flush()];
  expect(entries.flatMap((entry) => entry.users).length).toBe(100);
  for (const { shard, users: inside, explicitHashKey = "", data } of entries) {
    expect(inside.every(({ key }) => halves.find(hashOf(key))?.shard === shard)).toBe(true);
    expect(halves.find(BigInt(explicitHashKey))?.shard).toBe(shard);
    expect(data.length).toBeLessThanOrEqual(200);
    expect(deaggregate(data)).toMatchObject({ kind: "aggregated", records: inside.map(({ key, data: own }) => ({ key, data: own })) });
  }
});

it("flushes a group 100 ms after its first record", () => {
  const groups = new Groups(halves, settings);
  for (const user of users(4)) groups.add(user, 50);
  expect([groups.waitMs(100), groups.flush(149)]).toEqual([50, []]);
  expect(groups.flush(150).flatMap((entry) => entry.users).length).toBe(4);
  expect(groups.waitMs(150)).toBeUndefined();
});

it("sends a record as it is when it is alone, too large to be packed, or in no known shard", () => {
  const groups = new Groups(new ShardMap([{ shard: "low", from: 0n, to: half - 1n }]), settings);
  const [large] = users(1, 300);
  const outside = users(20).find(({ key }) => hashOf(key) >= half);
  const alone = users(20).find(({ key }) => hashOf(key) < half);
  if (large === undefined || outside === undefined || alone === undefined) throw new Error("no such keys");
  const entries = [...groups.add({ ...large, key: alone.key }, 0), ...groups.add(outside, 0), ...groups.add(alone, 0), ...groups.flush()];
  expect(entries.map(({ data, explicitHashKey }) => [data.length, explicitHashKey])).toEqual([
    [300, undefined],
    [10, undefined],
    [10, undefined],
  ]);
});
