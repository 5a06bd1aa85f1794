import fc from "fast-check";
import { expect, it } from "vitest";
import type { KnownShard } from "./known-shard.ts";
import { shardTree } from "./shard-tree.ts";

/** Shards whose parents are earlier ones, as resharding makes them; some parents are no longer listed. */
const lineages = fc.array(fc.tuple(fc.nat(40), fc.nat(40), fc.integer({ min: 0, max: 2 })), { maxLength: 40 }).map((choices) =>
  choices.map(([one, other, count], at): KnownShard => {
    const parents = [one, other].slice(0, count).map((choice) => `shard-${choice % (at + 1) === at ? "gone" : choice % (at + 1)}`);
    return { id: `shard-${at}`, parents, hash: { from: 0n, to: 0n }, isOpen: true };
  }),
);

it("shows every shard once, one step below a parent of its own, or at the edge when none is listed", () => {
  fc.assert(
    fc.property(lineages, (shards) => {
      const branches = shardTree(shards);
      expect(branches.map(({ shard }) => shard.id).toSorted()).toEqual(shards.map(({ id }) => id).toSorted());
      const path: string[] = [];
      for (const { shard, depth } of branches) {
        path.length = depth;
        const listed = shard.parents.filter((parent) => parent !== "shard-gone");
        expect(depth === 0 ? listed : listed.includes(path[depth - 1] ?? "")).toEqual(depth === 0 ? [] : true);
        path.push(shard.id);
      }
    }),
  );
});
