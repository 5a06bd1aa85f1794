import { DescribeStreamSummary$, type DescribeStreamSummaryInput, type DescribeStreamSummaryOutput } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { STREAM } from "./bounds.ts";
import { findStream } from "./find-stream.ts";
import { openShards } from "./shards.ts";
import type { Stream } from "./stream-store.ts";

/** Source: the model's texts of the output's members. */
export const describeStreamSummary = defineOperation<DescribeStreamSummaryInput, DescribeStreamSummaryOutput>(DescribeStreamSummary$, {
  bounds: STREAM,
  run(input, call) {
    const stream = findStream(call, input);
    return {
      StreamDescriptionSummary: {
        ...describeSettings(stream),
        OpenShardCount: openShards(stream).length,
        ConsumerCount: stream.consumers.size,
        MaxRecordSizeInKiB: stream.maxRecordKiB,
        RecordDistributionStrategy: stream.mode === "ON_DEMAND" ? stream.distribution : undefined,
      },
    };
  },
});

/** What DescribeStream and DescribeStreamSummary have in common. */
export const describeSettings = (stream: Stream) => ({
  StreamName: stream.name,
  StreamARN: stream.arn,
  StreamStatus: stream.status,
  StreamModeDetails: { StreamMode: stream.mode },
  RetentionPeriodHours: stream.retentionHours,
  StreamCreationTimestamp: stream.createdAt,
  EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
  EncryptionType: stream.keyId === undefined ? ("NONE" as const) : ("KMS" as const),
  KeyId: stream.keyId,
});
