import { expect, it } from "vitest";
import { addListed, isComplete, type ListedShard, type Shards, startAtRoots, started } from "./lineage.ts";

const roots = { at: "time", ms: 1 } as const;
const start = startAtRoots(roots);
const listed = (...shards: [id: string, ...parents: string[]][]): ListedShard[] => shards.map(([id, ...parents]) => ({ id, parents }));
const phases = (shards: Shards): Record<string, string> => Object.fromEntries([...shards].map(([id, { phase }]) => [id, phase]));
const drain = (shards: Shards, ...ids: string[]): Map<string, typeof shards extends ReadonlyMap<string, infer S> ? S : never> =>
  new Map([...shards].map(([id, shard]) => [id, ids.includes(id) ? { ...shard, phase: "drained" as const } : shard]));

it("starts shards without a parent, and children only when all parents are read", () => {
  const merged = addListed(new Map(), listed(["a"], ["b"], ["ab", "a", "b"]), start);
  expect(phases(merged)).toEqual({ a: "reading", b: "reading", ab: "waiting-for-parents" });
  expect(phases(started(drain(merged, "a")))).toMatchObject({ ab: "waiting-for-parents" });
  expect(phases(started(drain(merged, "a", "b")))).toMatchObject({ ab: "reading" });
});

it("counts a parent that nobody lists any more as read", () => {
  expect(phases(addListed(new Map(), listed(["child", "expired-parent"]), start))).toEqual({ child: "reading" });
});

it("reads children from their first record, roots from where the range begins", () => {
  const merged = addListed(new Map(), listed(["a"], ["a1", "a"], ["x", "gone"]), start);
  expect([...merged.values()].map(({ position }) => position)).toEqual([roots, { at: "horizon" }, roots]);
});

it("takes a child that two parents report only once, and keeps what it has read", () => {
  const first = addListed(new Map(), listed(["a"], ["b"]), start);
  const once = addListed(drain(first, "a"), listed(["ab", "a", "b"]), start);
  const read = new Map([...once].map(([id, shard]) => [id, id === "ab" ? { ...shard, iterator: "i" } : shard]));
  expect(addListed(read, listed(["ab", "a", "b"]), start).get("ab")?.iterator).toBe("i");
});

it("is complete when nothing is left to read, a failed shard being no reason to wait", () => {
  const shards = addListed(new Map(), listed(["a"], ["b"]), start);
  expect(isComplete(drain(shards, "a"))).toBe(false);
  expect(isComplete(drain(shards, "a", "b"))).toBe(true);
});
