import { findShard } from "./find-stream.ts";
import { tile } from "./hash-range.ts";
import { invalidArgument, streamText } from "./kinesis-errors.ts";
import { openShard, openShards } from "./shards.ts";
import type { Shard, Stream } from "./stream-store.ts";

/** How long a change of a stream's shards or settings takes on the world's clock; AWS takes about half a minute. */
export const CHANGE_MS = 500;

function findOpenShard(stream: Stream, text: string): Shard {
  const shard = findShard(stream, text);
  if (shard.closedAt !== undefined) throw invalidArgument(`Shard ${shard.id} in ${streamText(stream)} is closed.`);
  return shard;
}

/** What a split needs: an open shard, and a hash key that leaves each half some keys. Throws the service's refusals. */
export function planSplit(stream: Stream, id: string, wanted?: bigint): { shard: Shard; hashKey: bigint } {
  const shard = findOpenShard(stream, id);
  const { start, end } = shard.range;
  const hashKey = wanted ?? start + (end - start + 1n) / 2n;
  if (hashKey <= start + 1n || hashKey >= end) {
    throw invalidArgument(
      `NewStartingHashKey ${hashKey} used in SplitShard() on shard ${shard.id} in ${streamText(stream)} is not both greater than one plus the shard's StartingHashKey ${start} and less than the shard's EndingHashKey ${end}.`,
    );
  }
  return { shard, hashKey };
}

/** What a merge needs: two open shards, the second of which begins where the first ends. Throws the service's refusals. */
export function planMerge(stream: Stream, id: string, adjacentId: string): { shard: Shard; adjacent: Shard } {
  const [shard, adjacent] = [findOpenShard(stream, id), findOpenShard(stream, adjacentId)];
  if (shard.range.end + 1n !== adjacent.range.start) {
    throw invalidArgument(
      `Shards ${shard.id} and ${adjacent.id} in ${streamText(stream)} are not an adjacent pair of shards eligible for merging`,
    );
  }
  return { shard, adjacent };
}

/** Close a shard; its children share its range, the second from `hashKey` on. */
export function split(stream: Stream, shard: Shard, hashKey: bigint, at: number): readonly [Shard, Shard] {
  const { start, end } = shard.range;
  return [openShard(stream, { start, end: hashKey - 1n }, [shard], at), openShard(stream, { start: hashKey, end }, [shard], at)];
}

/** Close two shards, the lower one first; their child covers both ranges. */
export function merge(stream: Stream, shard: Shard, adjacent: Shard, at: number): Shard {
  return openShard(stream, { start: shard.range.start, end: adjacent.range.end }, [shard, adjacent], at);
}

/**
 * Come to `count` shards of equal ranges by splits and merges, as the model's text of UpdateShardCount says, short-lived shards included.
 * The order of the steps is a guess: first all splits at the new borders, then merges from left to right.
 */
export function rescale(stream: Stream, count: number, at: number): void {
  const wanted = tile(count);
  for (const { start } of wanted) {
    const cut = openShards(stream).find(({ range }) => range.start < start && start <= range.end);
    if (cut !== undefined) split(stream, cut, start, at);
  }
  for (const range of wanted) {
    const parts = openShards(stream)
      .filter((shard) => range.start <= shard.range.start && shard.range.end <= range.end)
      .sort((a, b) => (a.range.start < b.range.start ? -1 : 1));
    const [first, ...rest] = parts;
    if (first !== undefined) rest.reduce((merged, part) => merge(stream, merged, part, at), first);
  }
}
