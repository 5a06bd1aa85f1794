import type { ListedShard } from "./lineage.ts";

/** Whether a shard is read, or has been. */
type IsOurs = (id: string) => boolean;

/** The listed ancestors of `wanted` that are not ours yet and descend from a shard that is: they are read before it. Pure. */
export function missingAncestors(isOurs: IsOurs, wanted: readonly ListedShard[], listed: readonly ListedShard[]): ListedShard[] {
  const byId = new Map(listed.map((shard) => [shard.id, shard]));
  const judged = new Map<string, boolean>();
  const descends = (id: string): boolean => {
    if (isOurs(id)) return true;
    const before = judged.get(id);
    if (before !== undefined) return before;
    // All parents are judged, since each that is missing is wanted.
    const does = (byId.get(id)?.parents.map(descends) ?? []).includes(true);
    judged.set(id, does);
    return does;
  };
  for (const { parents } of wanted) parents.forEach(descends);
  return listed.filter(({ id }) => judged.get(id) === true);
}

/** Gives shards with what has to be read before them; `list` asks for all shards that the stream still has. */
export type Complete = (wanted: readonly ListedShard[], list: () => Promise<readonly ListedShard[]>) => Promise<readonly ListedShard[]>;

/** A parent that is not ours may be one that has expired, or one whose own parent is still being read. Only a listing tells, and it is asked for once for each. */
export function ancestryOf(isOurs: IsOurs): Complete {
  const strangers = new Set<string>();
  const isKnown = (id: string): boolean => isOurs(id) || strangers.has(id);
  return async (wanted, list) => {
    if (wanted.every(({ parents }) => parents.every(isKnown))) return wanted;
    const missing = missingAncestors(isOurs, wanted, await list());
    const found = new Set(missing.map(({ id }) => id));
    for (const parent of wanted.flatMap(({ parents }) => parents)) if (!isOurs(parent) && !found.has(parent)) strangers.add(parent);
    return [...missing, ...wanted];
  };
}
