import { createHash } from "node:crypto";
import { didYouMean, usageError } from "@sukima/core";
import { missingAncestors } from "../loop/ancestry.ts";
import type { ListedShard } from "../loop/lineage.ts";

/** Which shards of a stream are wanted: all, those that a partition key maps to, or the named ones and (unless unwanted) what they split and merge into. */
export type Selection =
  | { readonly by: "all" }
  | { readonly by: "key"; readonly hash: bigint }
  | { readonly by: "id"; readonly ids: ReadonlySet<string>; readonly children: boolean };

/** Where a partition key falls: MD5 of its UTF-8 as an unsigned number of 128 bits (API reference, PutRecord). */
export const hashOfKey = (key: string): bigint => BigInt(`0x${createHash("md5").update(key).digest("hex")}`);

/** A shard's id from its number alone: `3` is `shardId-000000000003`. */
export const shardId = (text: string): string => (/^\d{1,12}$/.test(text) ? `shardId-${text.padStart(12, "0")}` : text);

const holds = ({ hash }: ListedShard, key: bigint): boolean => hash === undefined || (hash.from <= key && key <= hash.to);

/** The wanted ones of listed shards. Throws a usage error for a named shard that is not there. */
export function selectShards(listed: readonly ListedShard[], selection: Selection): ListedShard[] {
  if (selection.by === "all") return [...listed];
  if (selection.by === "key") return listed.filter((shard) => holds(shard, selection.hash));
  const known = listed.map(({ id }) => id);
  for (const id of selection.ids) {
    if (!known.includes(id)) throw usageError("NO_SUCH_SHARD", `the stream has no shard ${id} in this range${didYouMean(id, known)}`);
  }
  const chosen = listed.filter(({ id }) => selection.ids.has(id));
  if (!selection.children) return chosen;
  // What one of them comes to by way of others is read in that order.
  return [...chosen, ...missingAncestors((id) => selection.ids.has(id), chosen, listed)];
}

/** The wanted ones of the shards that follow a wanted one. */
export function selectChildren(children: readonly ListedShard[], selection: Selection): ListedShard[] {
  if (selection.by === "key") return children.filter((shard) => holds(shard, selection.hash));
  return selection.by === "id" && !selection.children ? [] : [...children];
}
