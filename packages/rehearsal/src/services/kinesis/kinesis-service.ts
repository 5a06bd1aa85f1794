import { errorTypeRegistries } from "@aws-sdk/client-kinesis";
import { byName } from "../../wire/operation.ts";
import type { Service } from "../../wire/service.ts";
import { addTagsToStream } from "./add-tags-to-stream.ts";
import { createStream } from "./create-stream.ts";
import { decreaseStreamRetentionPeriod } from "./decrease-stream-retention-period.ts";
import { deleteStream } from "./delete-stream.ts";
import { deregisterStreamConsumer } from "./deregister-stream-consumer.ts";
import { describeStream } from "./describe-stream.ts";
import { describeStreamConsumer } from "./describe-stream-consumer.ts";
import { describeStreamSummary } from "./describe-stream-summary.ts";
import { getRecords } from "./get-records.ts";
import { getShardIterator } from "./get-shard-iterator.ts";
import { increaseStreamRetentionPeriod } from "./increase-stream-retention-period.ts";
import { listShards } from "./list-shards.ts";
import { listStreamConsumers } from "./list-stream-consumers.ts";
import { listStreams } from "./list-streams.ts";
import { listTagsForStream } from "./list-tags-for-stream.ts";
import { mergeShards } from "./merge-shards.ts";
import { putRecord } from "./put-record.ts";
import { putRecords } from "./put-records.ts";
import { registerStreamConsumer } from "./register-stream-consumer.ts";
import { removeTagsFromStream } from "./remove-tags-from-stream.ts";
import { splitShard } from "./split-shard.ts";
import { startStreamEncryption } from "./start-stream-encryption.ts";
import { stopStreamEncryption } from "./stop-stream-encryption.ts";
import { subscribeToShard } from "./subscribe-to-shard.ts";
import { updateMaxRecordSize } from "./update-max-record-size.ts";
import { updateShardCount } from "./update-shard-count.ts";
import { updateStreamMode } from "./update-stream-mode.ts";
import { updateStreamRecordDistributionStrategy } from "./update-stream-record-distribution-strategy.ts";

/** Actions that move data are refused by throughput, the others by their call rate (the models' lists of errors). */
const DATA_ACTIONS: ReadonlySet<string> = new Set(["GetRecords", "GetShardIterator", "PutRecord", "PutRecords"]);

export const kinesis: Service = {
  name: "kinesis",
  speech: { protocol: "json", version: "1.1", targetPrefix: "Kinesis_20131202" },
  operations: byName([
    addTagsToStream,
    createStream,
    decreaseStreamRetentionPeriod,
    deleteStream,
    deregisterStreamConsumer,
    describeStream,
    describeStreamConsumer,
    describeStreamSummary,
    getRecords,
    getShardIterator,
    increaseStreamRetentionPeriod,
    listShards,
    listStreamConsumers,
    listStreams,
    listTagsForStream,
    mergeShards,
    putRecord,
    putRecords,
    registerStreamConsumer,
    removeTagsFromStream,
    splitShard,
    startStreamEncryption,
    stopStreamEncryption,
    subscribeToShard,
    updateMaxRecordSize,
    updateShardCount,
    updateStreamMode,
    updateStreamRecordDistributionStrategy,
  ]),
  exceptions: errorTypeRegistries,
  throttleCode: (operation) => (DATA_ACTIONS.has(operation) ? "ProvisionedThroughputExceededException" : "LimitExceededException"),
  hasExtendedRequestId: true,
};
