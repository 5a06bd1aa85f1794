import { describe, expect, it } from "vitest";
import { Groups } from "../aggregate/groups.ts";
import { hashOf, ShardMap } from "../aggregate/shard-map.ts";
import type { Entry, UserRecord } from "./entry.ts";
import { Outbox } from "./outbox.ts";
import { SendQueue } from "./queue.ts";

const end = 2n ** 128n;
const half = end / 2n;
const whole = [{ shard: "parent", from: 0n, to: end - 1n }];
const halves = [
  { shard: "low", from: 0n, to: half - 1n },
  { shard: "high", from: half, to: end - 1n },
];
const atOnce = { isFlushing: true, isIdle: true, budget: Number.POSITIVE_INFINITY };

function outboxOn(ranges: typeof whole): Outbox {
  const queue = new SendQueue({ records: 500, bytes: 1e6, lingerMs: 100, weigh: () => 1 });
  const settings = { limitBytes: 150, lingerMs: 100, isOrdered: true };
  return new Outbox(queue, new Groups(new ShardMap(ranges), settings), true);
}

function take(outbox: Outbox): readonly Entry[] {
  const turn = outbox.take(0, atOnce);
  return turn.kind === "send" ? turn.batch : [];
}

const ordinals = (users: readonly UserRecord[]): number[] => users.map(({ ordinal }) => ordinal);

/** Records whose keys lie in one half. */
function usersIn(part: "low" | "high", count: number, from: number): UserRecord[] {
  const keys = Array.from({ length: 200 }, (_, at) => `k${at}`).filter((key) => hashOf(key) < half === (part === "low"));
  return keys.slice(0, count).map((key, at) => ({ ordinal: from + at, key, data: Buffer.from("x".repeat(10)) }));
}

/** Send everything to the shards where it belongs; gives what arrived, in order. */
function sendAll(outbox: Outbox): number[] {
  const arrived: number[] = [];
  for (let batch = take(outbox); batch.length > 0; batch = take(outbox)) {
    for (const entry of batch) arrived.push(...ordinals(outbox.accept(entry, entry.shard)));
  }
  return arrived;
}

describe("a packed record that turns up in another shard", () => {
  it("has arrived when all of its records belong there", () => {
    const outbox = outboxOn(whole);
    for (const user of usersIn("low", 4, 0)) outbox.add(user, 0);
    const [entry] = take(outbox);
    expect(entry && outbox.accept(entry, "low")).toEqual([]);
    expect([outbox.unexpected, outbox.isEmpty(0)]).toEqual([["low"], false]);
    expect(ordinals(outbox.remap(halves, 0))).toEqual([0, 1, 2, 3]);
    expect([outbox.unexpected, outbox.isEmpty(0)]).toEqual([[], true]);
  });

  it("goes again, before later records, when one of its records does not", () => {
    const outbox = outboxOn(whole);
    const users = [...usersIn("low", 2, 0), ...usersIn("high", 2, 2), ...usersIn("low", 20, 4)];
    for (const user of users) outbox.add(user, 0);
    const [entry] = take(outbox);
    expect(entry && ordinals(entry.users).length).toBeGreaterThan(2);
    if (entry !== undefined) outbox.accept(entry, "low");
    expect(outbox.remap(halves, 0)).toEqual([]);
    const arrived = sendAll(outbox);
    expect(arrived.filter((ordinal) => ordinal < 2 || ordinal > 3)).toEqual([0, 1, ...Array.from({ length: 20 }, (_, at) => at + 4)]);
    expect(arrived.filter((ordinal) => ordinal === 2 || ordinal === 3)).toEqual([2, 3]);
  });

  it("is packed anew for the shard that two have merged into", () => {
    const outbox = outboxOn(halves);
    for (const user of [...usersIn("low", 3, 0), ...usersIn("high", 3, 3)]) outbox.add(user, 0);
    const [first, second] = take(outbox);
    if (first === undefined || second === undefined) throw new Error("not two shards");
    outbox.accept(first, "merged");
    outbox.retry(second, 0);
    expect(ordinals(outbox.remap([{ shard: "merged", from: 0n, to: end - 1n }], 0))).toEqual(ordinals(first.users));
    expect(sendAll(outbox)).toEqual(ordinals(second.users));
  });

  it("is unpacked, with all the others, when its records have strayed three times", () => {
    const outbox = outboxOn(whole);
    for (const user of usersIn("low", 4, 0)) outbox.add(user, 0);
    for (let round = 1; round <= 3; round++) {
      expect(outbox.isPacking).toBe(true);
      for (const entry of take(outbox)) outbox.accept(entry, "closed");
      expect(outbox.remap(whole, 0)).toEqual([]);
    }
    expect([outbox.isPacking, take(outbox).map(({ users }) => ordinals(users))]).toEqual([false, [[0], [1], [2], [3]]]);
  });
});
