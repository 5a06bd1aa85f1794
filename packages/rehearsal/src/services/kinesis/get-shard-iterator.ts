import {
  GetShardIterator$,
  type GetShardIteratorInput,
  type GetShardIteratorOutput,
  type ShardIteratorType,
} from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { ITERATOR_TYPE, SEQUENCE_NUMBER, SHARD_ID, STREAM } from "./bounds.ts";
import { endDryRun } from "./dry-run.ts";
import { findShard, findStream, nowOf } from "./find-stream.ts";
import { invalidArgument, rateExceeded } from "./kinesis-errors.ts";
import { findPosition } from "./positions.ts";
import { makeIterator } from "./shard-iterator.ts";
import { admitIterator } from "./shard-meters.ts";

/** Source: the model's texts of the action and its members. */
export const getShardIterator = defineOperation<GetShardIteratorInput, GetShardIteratorOutput>(GetShardIterator$, {
  bounds: { ...STREAM, ShardId: SHARD_ID, ShardIteratorType: ITERATOR_TYPE, StartingSequenceNumber: SEQUENCE_NUMBER },
  run(input, call) {
    const now = nowOf(call);
    const stream = findStream(call, input);
    const shard = findShard(stream, input.ShardId);
    refuseMismatch(input.ShardIteratorType, input.StartingSequenceNumber);
    const position = findPosition(call, stream, shard, {
      type: input.ShardIteratorType,
      sequenceNumber: input.StartingSequenceNumber,
      timestamp: input.Timestamp,
    });
    endDryRun(input.DryRun, stream, now);
    if (!admitIterator(stream, shard, now)) throw rateExceeded(call, stream, shard);
    return { ShardIterator: makeIterator(stream, shard, position, now) };
  },
});

/** Two types need a sequence number and two take none (mhart/kinesalite, test/getShardIterator.js); nothing is said there of AT_TIMESTAMP. */
function refuseMismatch(type: ShardIteratorType, sequenceNumber: string | undefined): void {
  const wantsNumber = type === "AT_SEQUENCE_NUMBER" || type === "AFTER_SEQUENCE_NUMBER";
  if (type === "AT_TIMESTAMP" || wantsNumber === (sequenceNumber !== undefined)) return;
  throw invalidArgument(
    `Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified ${type} and ${wantsNumber ? "no" : "also a"} StartingSequenceNumber.`,
  );
}
