import type { ListedShard } from "../loop/lineage.ts";
import type { Checkpoint } from "./checkpoint.ts";

/**
 * The closed shards that a run never read because it began behind them: ancestors of shards that its checkpoint knows. Pure.
 * Going on from the checkpoint, they are left alone too.
 */
export function leftBehind(listed: readonly ListedShard[], { shards: known }: Pick<Checkpoint, "shards">): ReadonlySet<string> {
  const parentsOf = new Map(listed.map(({ id, parents }) => [id, parents]));
  const ancestors = new Set<string>();
  const climb = (id: string): void => {
    for (const parent of parentsOf.get(id) ?? []) {
      if (ancestors.has(parent) || !parentsOf.has(parent)) continue;
      ancestors.add(parent);
      climb(parent);
    }
  };
  for (const id of known.keys()) climb(id);
  return new Set([...ancestors].filter((id) => !known.has(id)));
}
