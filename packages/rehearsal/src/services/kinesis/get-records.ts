import { GetRecords$, type GetRecordsInput, type GetRecordsOutput } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { STREAM_ARN, STREAM_ID } from "./bounds.ts";
import { endDryRun } from "./dry-run.ts";
import { useStreamKey } from "./encryption.ts";
import { findShard, findStream, nowOf } from "./find-stream.ts";
import { rateExceeded, streamNotFound } from "./kinesis-errors.ts";
import { makeIterator, readIterator, refuseExpired } from "./shard-iterator.ts";
import { admitRead, countRead } from "./shard-meters.ts";
import { cutShardPage, describeRecord } from "./shard-page.ts";
import { childrenOf } from "./shards.ts";

const MAX_RECORDS = 10_000;

/**
 * Source: the model's texts of the action and its members. The page that reaches the end of a closed shard is its last one
 * (a guess: AWS may add empty pages before it says so).
 */
export const getRecords = defineOperation<GetRecordsInput, GetRecordsOutput>(GetRecords$, {
  bounds: { ShardIterator: { min: 1, max: 512 }, Limit: { min: 1, max: MAX_RECORDS }, StreamARN: STREAM_ARN, StreamId: STREAM_ID },
  isPaged: true,
  hasIterator: true,
  run(input, call) {
    const now = nowOf(call);
    const iterator = readIterator(input.ShardIterator);
    const stream = findStream(call, { StreamName: iterator.name, StreamARN: input.StreamARN });
    if (stream.createdAt.getTime() !== iterator.createdAt) throw streamNotFound(call, stream.name);
    const shard = findShard(stream, iterator.shard);
    refuseExpired(iterator, now, call.wantsExpiredIterator);
    endDryRun(input.DryRun, stream, now);
    useStreamKey(call, stream, "kms:Decrypt");
    if (!admitRead(stream, shard, now)) throw rateExceeded(call, stream, shard);
    const page = cutShardPage(shard, iterator.position, call.wantsEmptyPage ? 0 : (input.Limit ?? MAX_RECORDS), now);
    countRead(shard, page.bytes, page.isFull, now);
    return {
      Records: page.records.map(describeRecord),
      NextShardIterator: page.isLast ? undefined : makeIterator(stream, shard, page.next, now),
      MillisBehindLatest: page.millisBehindLatest,
      ChildShards: page.isLast ? childrenOf(stream, shard) : undefined,
    };
  },
});
