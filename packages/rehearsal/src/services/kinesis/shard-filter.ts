import type { ShardFilter, ShardFilterType } from "@aws-sdk/client-kinesis";
import { horizonOf } from "./agenda.ts";
import { invalidArgument } from "./kinesis-errors.ts";
import { readShardId } from "./shard-id.ts";
import type { Shard, Stream } from "./stream-store.ts";

/** A filter of ListShards, checked. */
export interface ShardChoice {
  readonly type: ShardFilterType;
  readonly shardId?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly timestamp?: number | undefined;
}

/** Source: the model's texts of ShardFilter and its members. The sentences are guesses. */
export function readShardFilter(filter: ShardFilter | undefined): ShardChoice {
  const { Type: type = "FROM_TRIM_HORIZON", ShardId: shardId, Timestamp: timestamp } = filter ?? {};
  const wantsShard = type === "AFTER_SHARD_ID";
  const wantsTime = type === "AT_TIMESTAMP" || type === "FROM_TIMESTAMP";
  if (wantsShard !== (shardId !== undefined)) {
    throw invalidArgument(`ShardId must ${wantsShard ? "" : "not "}be given for a ShardFilter of type ${type}.`);
  }
  if (wantsTime !== (timestamp !== undefined)) {
    throw invalidArgument(`Timestamp must ${wantsTime ? "" : "not "}be given for a ShardFilter of type ${type}.`);
  }
  return { type, shardId, timestamp: timestamp?.getTime() };
}

export function passesFilter(stream: Stream, shard: Shard, { type, shardId = "", timestamp = 0 }: ShardChoice, now: number): boolean {
  const { createdAt, closedAt = Number.POSITIVE_INFINITY } = shard;
  // A stream that is younger than its retention has its horizon at its beginning.
  const horizon = Math.max(horizonOf(stream, now), stream.createdAt.getTime());
  switch (type) {
    case "AFTER_SHARD_ID":
      return shard.id > readShardId(shardId);
    case "AT_LATEST":
      return shard.closedAt === undefined;
    case "AT_TRIM_HORIZON":
      return createdAt <= horizon && closedAt > horizon;
    case "AT_TIMESTAMP":
      return createdAt <= timestamp && closedAt >= timestamp;
    case "FROM_TIMESTAMP":
      return closedAt >= timestamp;
    case "FROM_TRIM_HORIZON":
      return closedAt >= horizon;
  }
}
