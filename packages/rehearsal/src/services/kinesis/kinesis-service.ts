import { errorTypeRegistries } from "@aws-sdk/client-kinesis";
import { byName } from "../../wire/operation.ts";
import type { Service } from "../../wire/service.ts";
import { createStream } from "./create-stream.ts";
import { deleteStream } from "./delete-stream.ts";
import { describeStreamSummary } from "./describe-stream-summary.ts";
import { describeStream } from "./describe-stream.ts";
import { getRecords } from "./get-records.ts";
import { getShardIterator } from "./get-shard-iterator.ts";
import { listShards } from "./list-shards.ts";
import { listStreams } from "./list-streams.ts";
import { mergeShards } from "./merge-shards.ts";
import { putRecord } from "./put-record.ts";
import { putRecords } from "./put-records.ts";
import { splitShard } from "./split-shard.ts";
import { updateShardCount } from "./update-shard-count.ts";

/** Actions that move data are refused by throughput, the others by their call rate (the models' lists of errors). */
const DATA_ACTIONS: ReadonlySet<string> = new Set(["GetRecords", "GetShardIterator", "PutRecord", "PutRecords"]);

export const kinesis: Service = {
  name: "kinesis",
  speech: { protocol: "json", version: "1.1", targetPrefix: "Kinesis_20131202" },
  operations: byName([
    createStream,
    deleteStream,
    describeStream,
    describeStreamSummary,
    getRecords,
    getShardIterator,
    listShards,
    listStreams,
    mergeShards,
    putRecord,
    putRecords,
    splitShard,
    updateShardCount,
  ]),
  exceptions: errorTypeRegistries,
  throttleCode: (operation) => (DATA_ACTIONS.has(operation) ? "ProvisionedThroughputExceededException" : "LimitExceededException"),
};
