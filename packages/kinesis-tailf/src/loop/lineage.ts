import { newShard, type Position, type Shard } from "./shard.ts";

/** A shard as the service lists it. */
export interface ListedShard {
  readonly id: string;
  readonly parents: readonly string[];
  /** The part of the 128-bit hash space that it holds, both ends included. */
  readonly hash?: { readonly from: bigint; readonly to: bigint };
}

export type Shards = ReadonlyMap<string, Shard>;

const over = (shard: Shard | undefined): boolean => shard === undefined || shard.phase === "drained" || shard.phase === "failed";

/** A shard is read when all its parents that we know are read to their end, so that records of one key never overtake each other. */
const mayStart = ({ phase, parents }: Shard, shards: Shards): boolean =>
  phase === "waiting-for-parents" && parents.every((parent) => over(shards.get(parent)));

/** Where a new shard begins; `isChild` when a parent of it is in the set or listed too. */
export type Start = (id: string, isChild: boolean) => Position;

/** The rule without a checkpoint: a child has only records that came after its parents' last one, and all of them are wanted. */
export const startAtRoots =
  (roots: Position): Start =>
  (_id, isChild) =>
    isChild ? { at: "horizon" } : roots;

/** Take listed shards into the set: those that are new begin where `start` says. */
export function addListed(shards: Shards, listed: readonly ListedShard[], start: Start): Map<string, Shard> {
  const known = new Set([...shards.keys(), ...listed.map(({ id }) => id)]);
  const merged = new Map(shards);
  for (const { id, parents } of listed) {
    if (merged.has(id)) continue;
    const isChild = parents.some((parent) => known.has(parent));
    merged.set(id, newShard(id, parents, start(id, isChild)));
  }
  return started(merged);
}

/** Start every shard whose parents are done. */
export function started(shards: Shards): Map<string, Shard> {
  const result = new Map(shards);
  for (const [id, shard] of shards) if (mayStart(shard, result)) result.set(id, { ...shard, phase: "reading" });
  return result;
}

/** Every shard has come to its end, and no child is waiting. */
export const isComplete = (shards: Shards): boolean => [...shards.values()].every(over);
