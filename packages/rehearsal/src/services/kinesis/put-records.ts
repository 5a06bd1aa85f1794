import { PutRecords$, type PutRecordsInput, type PutRecordsOutput, type PutRecordsResultEntry } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { DATA, HASH_KEY, PARTITION_KEY, STREAM } from "./bounds.ts";
import { endDryRun } from "./dry-run.ts";
import { useStreamKey } from "./encryption.ts";
import { findStream, nowOf, refuseWrites } from "./find-stream.ts";
import { invalidArgument, rateExceededText } from "./kinesis-errors.ts";
import { refuseRecord, shardFor, write } from "./record-writing.ts";

/** The most that one request carries, partition keys included. */
const REQUEST_BYTES = 10 * 1024 * 1024;

/**
 * Source: the model's texts of the action and its members: a record that its shard has no room for fails alone, the others go in.
 * A record that the stream does not take at all refuses the whole request.
 */
export const putRecords = defineOperation<PutRecordsInput, PutRecordsOutput>(PutRecords$, {
  bounds: {
    ...STREAM,
    Records: { min: 1, max: 500, each: { members: { Data: DATA, PartitionKey: PARTITION_KEY, ExplicitHashKey: HASH_KEY } } },
  },
  isBatch: true,
  run(input, call) {
    const stream = findStream(call, input);
    refuseWrites(call, stream);
    const records = input.Records.map((entry) => ({
      data: entry.Data,
      key: entry.PartitionKey,
      explicitHashKey: entry.ExplicitHashKey,
    }));
    const bytes = records.reduce((sum, { data, key = "" }) => sum + data.byteLength + Buffer.byteLength(key), 0);
    if (bytes > REQUEST_BYTES) throw invalidArgument(`Records size exceeds 10 MB limit: ${bytes} bytes`);
    for (const [at, record] of records.entries()) refuseRecord(stream, record, `Record ${at + 1}`);
    endDryRun(input.DryRun, stream, nowOf(call));
    useStreamKey(call, stream, "kms:GenerateDataKey");
    const failures = call.pickFailures(records.length);
    const results = records.map((record, at): PutRecordsResultEntry => {
      const shard = shardFor(stream, record);
      const injected = failures.get(at);
      const stored = injected === undefined ? write(call, stream, shard, record) : undefined;
      if (stored !== undefined) return { ShardId: shard.id, SequenceNumber: stored.sequenceNumber };
      const code = injected?.code ?? "ProvisionedThroughputExceededException";
      const text = code === "InternalFailure" ? "Internal service failure." : rateExceededText(call, stream, shard);
      return { ErrorCode: code, ErrorMessage: injected?.message ?? text };
    });
    return {
      FailedRecordCount: results.filter(({ ErrorCode }) => ErrorCode !== undefined).length,
      Records: results,
      EncryptionType: stream.keyId === undefined ? undefined : "KMS",
    };
  },
});
