import { SubscribeToShard$, type SubscribeToShardInput, type SubscribeToShardOutput } from "@aws-sdk/client-kinesis";
import { AwsError } from "../../wire/aws-error.ts";
import { defineOperation } from "../../wire/operation.ts";
import { CONSUMER_ARN, ITERATOR_TYPE, SEQUENCE_NUMBER, SHARD_ID, STREAM_ID } from "./bounds.ts";
import { findConsumer } from "./consumers.ts";
import { endDryRun } from "./dry-run.ts";
import { findShard, nowOf } from "./find-stream.ts";
import { findPosition } from "./positions.ts";
import { push } from "./subscription.ts";

/** How soon a shard's subscription cannot be renewed (the model's text of the action). */
const PAUSE_MS = 5000;

/** Source: the model's texts of the action and its members. The answer is an event stream over HTTP/1.1, where AWS has HTTP/2. */
export const subscribeToShard = defineOperation<SubscribeToShardInput, SubscribeToShardOutput>(SubscribeToShard$, {
  bounds: {
    ConsumerARN: CONSUMER_ARN,
    StreamId: STREAM_ID,
    ShardId: SHARD_ID,
    StartingPosition: { members: { Type: ITERATOR_TYPE, SequenceNumber: SEQUENCE_NUMBER } },
  },
  run(input, call) {
    const { stream, consumer } = findConsumer(call, input);
    const shard = findShard(stream, input.ShardId);
    const { Type: type, SequenceNumber: sequenceNumber, Timestamp: timestamp } = input.StartingPosition;
    const position = findPosition(call, stream, shard, { type, sequenceNumber, timestamp });
    const subject = `Consumer ${consumer.arn}, shard ${shard.id}`;
    if (consumer.status !== "ACTIVE") throw new AwsError("ResourceInUseException", `${subject}: the consumer is ${consumer.status}.`);
    const now = nowOf(call);
    const last = consumer.subscriptions.get(shard.id);
    if (last !== undefined && now - last.startedAt < PAUSE_MS) {
      throw new AwsError("ResourceInUseException", `${subject}: another subscription began less than 5 seconds ago.`);
    }
    endDryRun(input.DryRun, stream, now);
    const subscription = { startedAt: now };
    consumer.subscriptions.set(shard.id, subscription);
    return { EventStream: push(call, { stream, shard, consumer, subscription }, position) };
  },
});
