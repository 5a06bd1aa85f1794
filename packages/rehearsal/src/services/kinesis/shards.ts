import type { ChildShard, HashKeyRange, Shard as ShardAnswer } from "@aws-sdk/client-kinesis";
import type { HashRange } from "./hash-range.ts";
import { LAST_COUNT, makeSequenceNumber } from "./sequence-numbers.ts";
import { makeShardId } from "./shard-id.ts";
import { createShardMeters } from "./shard-meters.ts";
import type { Shard, Stream } from "./stream-store.ts";

/** The most shards of one stream here (the model's text of UpdateShardCount: no more than 10,000 in a stream). */
export const MAX_SHARDS = 10_000;

export const isOpen = ({ closedAt }: Shard): boolean => closedAt === undefined;

export const openShards = ({ shards }: Stream): Shard[] => shards.filter(isOpen);

/** Open a shard on a range, closing its parents at the same moment. */
export function openShard(stream: Stream, range: HashRange, parents: readonly Shard[], at: number): Shard {
  const index = stream.shardCount;
  stream.shardCount += 1;
  for (const parent of parents) parent.closedAt = at;
  const shard: Shard = {
    index,
    id: makeShardId(index),
    parents,
    range,
    createdAt: at,
    bornAt: Math.max(at, ...parents.map(({ bornAt }) => bornAt + 1000)),
    closedAt: undefined,
    records: [],
    trimmedCount: 0,
    meters: createShardMeters(at),
  };
  stream.shards.push(shard);
  return shard;
}

const rangeAnswer = ({ start, end }: HashRange): HashKeyRange => ({ StartingHashKey: String(start), EndingHashKey: String(end) });

/** A shard as ListShards and DescribeStream show it; only closed ones have an ending sequence number. */
export function describeShard(shard: Shard): ShardAnswer {
  const [parent, adjacent] = shard.parents;
  return {
    ShardId: shard.id,
    ParentShardId: parent?.id,
    AdjacentParentShardId: adjacent?.id,
    HashKeyRange: rangeAnswer(shard.range),
    SequenceNumberRange: {
      StartingSequenceNumber: makeSequenceNumber(shard, 0, shard.createdAt),
      EndingSequenceNumber: shard.closedAt === undefined ? undefined : makeSequenceNumber(shard, LAST_COUNT, shard.closedAt),
    },
  };
}

/** The children of a closed shard, as its last page shows them. */
export const childrenOf = ({ shards }: Stream, shard: Shard): ChildShard[] =>
  shards
    .filter(({ parents }) => parents.includes(shard))
    .map(({ id, parents, range }) => ({ ShardId: id, ParentShards: parents.map((parent) => parent.id), HashKeyRange: rangeAnswer(range) }));
