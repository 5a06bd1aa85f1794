import { PutRecord$, type PutRecordInput, type PutRecordOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../wire/call.ts";
import { defineOperation } from "../../wire/operation.ts";
import { DATA, HASH_KEY, PARTITION_KEY, SEQUENCE_NUMBER, STREAM } from "./bounds.ts";
import { endDryRun } from "./dry-run.ts";
import { useStreamKey } from "./encryption.ts";
import { findStream, nowOf, refuseWrites } from "./find-stream.ts";
import { invalidArgument, rateExceeded, streamText } from "./kinesis-errors.ts";
import { refuseRecord, shardFor, write } from "./record-writing.ts";
import { isSequenceNumber } from "./sequence-numbers.ts";
import type { Stream } from "./stream-store.ts";

/**
 * Source: the model's texts of the action and its members. SequenceNumberForOrdering is checked and has no effect:
 * sequence numbers here always grow in the order in which puts arrive.
 */
export const putRecord = defineOperation<PutRecordInput, PutRecordOutput>(PutRecord$, {
  bounds: {
    ...STREAM,
    Data: DATA,
    PartitionKey: PARTITION_KEY,
    ExplicitHashKey: HASH_KEY,
    SequenceNumberForOrdering: SEQUENCE_NUMBER,
  },
  run(input, call) {
    const stream = findStream(call, input);
    refuseWrites(call, stream);
    const record = { data: input.Data, key: input.PartitionKey, explicitHashKey: input.ExplicitHashKey };
    refuseOrdering(call, stream, input.SequenceNumberForOrdering);
    refuseRecord(stream, record, "The record");
    endDryRun(input.DryRun, stream, nowOf(call));
    useStreamKey(call, stream, "kms:GenerateDataKey");
    const shard = shardFor(stream, record);
    const stored = write(call, stream, shard, record);
    if (stored === undefined) throw rateExceeded(call, stream, shard);
    return { ShardId: shard.id, SequenceNumber: stored.sequenceNumber, EncryptionType: stored.isEncrypted ? "KMS" : undefined };
  },
});

function refuseOrdering(call: Call, stream: Stream, sequenceNumber: string | undefined): void {
  if (sequenceNumber === undefined || isSequenceNumber(sequenceNumber, nowOf(call))) return;
  throw invalidArgument(`ExclusiveMinimumSequenceNumber ${sequenceNumber} used in PutRecord on ${streamText(stream)} is invalid.`);
}
