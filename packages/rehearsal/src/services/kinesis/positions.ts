import type { ShardIteratorType } from "@aws-sdk/client-kinesis";
import type { Call } from "../../wire/call.ts";
import { nowOf } from "./find-stream.ts";
import { invalidArgument } from "./kinesis-errors.ts";
import { LAST_COUNT, readCount } from "./sequence-numbers.ts";
import type { Shard, Stream } from "./stream-store.ts";

/** Where to start reading, as GetShardIterator and SubscribeToShard are asked. */
export interface Start {
  readonly type: ShardIteratorType;
  readonly sequenceNumber: string | undefined;
  readonly timestamp: Date | undefined;
}

/** The position of the first record that is still there. */
const horizonPosition = ({ trimmedCount }: Shard): number => trimmedCount;

/** The position after the last record. */
export const tipPosition = ({ trimmedCount, records }: Shard): number => trimmedCount + records.length;

/**
 * The position in a shard that a start means. Source: the model's texts of GetShardIterator's members.
 * A number older than retention is refused (a guess); so is one of another shard, and a time that is to come.
 */
export function findPosition(call: Call, stream: Stream, shard: Shard, { type, sequenceNumber, timestamp }: Start): number {
  switch (type) {
    case "TRIM_HORIZON":
      return horizonPosition(shard);
    case "LATEST":
      return tipPosition(shard);
    case "AT_TIMESTAMP":
      return positionAt(shard, checkTimestamp(timestamp, nowOf(call)));
    case "AT_SEQUENCE_NUMBER":
    case "AFTER_SEQUENCE_NUMBER":
      return positionOf(call, stream, shard, type, sequenceNumber);
  }
}

function checkTimestamp(timestamp: Date | undefined, now: number): number {
  if (timestamp === undefined) throw invalidArgument("Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP.");
  const at = timestamp.getTime();
  if (at > now) {
    throw invalidArgument(
      `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ${at}, currentTimestampInMillis: ${now}`,
    );
  }
  return at;
}

function positionAt(shard: Shard, at: number): number {
  const index = shard.records.findIndex(({ arrivedAt }) => arrivedAt >= at);
  return index < 0 ? tipPosition(shard) : shard.trimmedCount + index;
}

function positionOf(
  call: Call,
  stream: Stream,
  shard: Shard,
  type: "AT_SEQUENCE_NUMBER" | "AFTER_SEQUENCE_NUMBER",
  sequenceNumber: string | undefined,
): number {
  if (sequenceNumber === undefined) throw invalidArgument(`Must specify StartingSequenceNumber parameter for iterator of type ${type}.`);
  // Records count from 1; 0 is the shard's starting sequence number, and a closed shard's ending one comes after every record.
  const count = readCount(shard, sequenceNumber);
  const after = count === LAST_COUNT ? tipPosition(shard) : Number(count);
  if (count === undefined || after > tipPosition(shard)) {
    throw invalidArgument(
      `StartingSequenceNumber ${sequenceNumber} used in GetShardIterator on shard ${shard.id} in stream ${stream.name} under account ${call.world.account} is invalid because it did not come from this stream.`,
    );
  }
  if (after > 0 && after <= shard.trimmedCount && count !== LAST_COUNT) {
    throw invalidArgument(`StartingSequenceNumber ${sequenceNumber} is older than the retention period of stream ${stream.name}.`);
  }
  const position = type === "AFTER_SEQUENCE_NUMBER" || count === LAST_COUNT ? after : after - 1;
  return Math.max(position, horizonPosition(shard));
}
