import { ToolError } from "@sukima/core";
import { hashOfKey } from "../tail/selection.ts";
import type { KnownShard } from "./known-shard.ts";

/** Finds the shard among `open` that holds a key; its search is binary, since streams have thousands of shards and files millions of keys. Throws `ToolError` NO_SHARD. */
export function keyFinder(open: readonly KnownShard[]): (key: string) => KnownShard {
  const byRange = open.toSorted((a, b) => (a.hash.from < b.hash.from ? -1 : 1));
  return (key) => {
    const hash = hashOfKey(key);
    let low = 0;
    for (let high = byRange.length; high - low > 1;) {
      const middle = (low + high) >> 1;
      const isBelow = (byRange[middle]?.hash.from ?? 0n) <= hash;
      [low, high] = isBelow ? [middle, high] : [low, middle];
    }
    const found = byRange[low];
    if (found !== undefined && found.hash.from <= hash && hash <= found.hash.to) return found;
    throw new ToolError("NO_SHARD", `no open shard holds the key ${JSON.stringify(key)}`, {
      hint: "the stream was resharded while its shards were listed: try again",
    });
  };
}
