import { type KnownShard, percent, shareOf } from "./known-shard.ts";

/** Fewer keys say nothing of a distribution, however they lie. */
const fewKeys = 100;

/** A shard that has this many times its due is worth a sentence; less is of no use to know. */
const notableRatio = 1.2;

/** How probable a count may be by chance, over all shards, before it is called skew. */
const chance = 0.001;

interface Load {
  readonly shard: KnownShard;
  readonly keys: number;
  /** Keys that the shard would have if all keys had the same weight. */
  readonly due: number;
}

/** Chernoff's bound of the probability that chance brings a shard so many keys when `due` are expected; at most 1. */
const probabilityOf = ({ keys, due }: Load): number => (keys <= due ? 1 : Math.exp(keys - due - keys * Math.log(keys / due)));

/** How far the fullest shard is from its due. Pure. */
function judge(loads: readonly Load[], total: number): string {
  if (total < fewKeys) return "too few keys to speak of skew";
  const fullest = loads.reduce((most, load) => (probabilityOf(load) < probabilityOf(most) ? load : most));
  const { shard, keys, due } = fullest;
  if (keys < due * notableRatio || probabilityOf(fullest) * loads.length > chance)
    return "no skew: no shard has notably more than its part of the key space";
  return `skewed: ${shard.id} has ${percent(keys / total)} of the keys and ${percent(due / total)} of the key space`;
}

/**
 * Where keys went, for people: a line for each shard that has some, and whether they lie unevenly.
 * `counts` is by shard id. A key that came several times counts as often, as its records would.
 */
export function distributionText(open: readonly KnownShard[], counts: ReadonlyMap<string, number>): string {
  const total = counts.values().reduce((sum, count) => sum + count, 0);
  if (total === 0) return "no keys\n";
  const loads = open.map((shard): Load => ({ shard, keys: counts.get(shard.id) ?? 0, due: total * shareOf(shard) }));
  const used = loads.filter(({ keys }) => keys > 0);
  const width = String(Math.max(...used.map(({ keys }) => keys))).length;
  const lines = used.map(({ shard, keys }) => `  ${shard.id}  ${String(keys).padStart(width)}  ${percent(keys / total)}`);
  const head = `${total} ${total === 1 ? "key" : "keys"} on ${used.length} of ${open.length} open ${open.length === 1 ? "shard" : "shards"}`;
  return `${[head, ...lines, judge(loads, total)].join("\n")}\n`;
}
