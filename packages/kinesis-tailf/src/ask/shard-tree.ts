import type { KnownShard } from "./known-shard.ts";

/** A line of the tree: how many ancestors stand above it. */
export interface Branch {
  readonly shard: KnownShard;
  readonly depth: number;
}

/** The shard above which a shard hangs: the first of its parents that the stream still lists. */
const stem = ({ parents }: KnownShard, listed: ReadonlySet<string>): string | undefined => parents.find((parent) => listed.has(parent));

/** Shards in the order of a tree, each below the shard it came from; the child of a merge stands once, below its first parent. */
export function shardTree(shards: readonly KnownShard[]): Branch[] {
  const listed = new Set(shards.map(({ id }) => id));
  const below = Map.groupBy(shards, (shard) => stem(shard, listed));
  const branches: Branch[] = [];
  const grow = (parent: string | undefined, depth: number): void => {
    for (const shard of below.get(parent) ?? []) {
      branches.push({ shard, depth });
      grow(shard.id, depth + 1);
    }
  };
  grow(undefined, 0);
  return branches;
}
