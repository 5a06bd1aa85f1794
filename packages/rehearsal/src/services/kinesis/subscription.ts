import { setTimeout as sleep } from "node:timers/promises";
import type { SubscribeToShardEvent, SubscribeToShardEventStream } from "@aws-sdk/client-kinesis";
import { AwsError } from "../../wire/aws-error.ts";
import type { Call } from "../../wire/call.ts";
import { useStreamKey } from "./encryption.ts";
import { nowOf, streamNamed } from "./find-stream.ts";
import { streamNotFound } from "./kinesis-errors.ts";
import { makeSequenceNumber } from "./sequence-numbers.ts";
import { createMeter, READ_BYTES_PER_SECOND } from "./shard-meters.ts";
import { cutShardPage, describeRecord, type ShardPage } from "./shard-page.ts";
import { childrenOf } from "./shards.ts";
import type { Consumer, Shard, Stream, Subscription } from "./stream-store.ts";

/** How long a subscription lasts (the model's text of SubscribeToShard). */
const LIFE_MS = 300_000;
/** How long nothing is said when nothing happens (a guess). */
const SILENCE_MS = 5000;
/** The most bytes of one event (a guess). */
const EVENT_BYTES = 1024 * 1024;
const MAX_RECORDS = 10_000;
/** Real milliseconds between two looks at the shard: the clock cannot say when somebody advances it. */
const LOOK_MS = 10;

interface Subject {
  readonly stream: Stream;
  readonly shard: Shard;
  readonly consumer: Consumer;
  readonly subscription: Subscription;
}

/**
 * The events of one subscription: records as they arrive, at most 2 MiB a second on the world's clock, a sign of life in quiet times,
 * the children at the end of a closed shard. Ends after five minutes; throws what the service sends as the stream's last event.
 */
export async function* push(call: Call, subject: Subject, start: number): AsyncGenerator<SubscribeToShardEventStream> {
  const { stream, shard, subscription } = subject;
  const budget = createMeter(READ_BYTES_PER_SECOND, subscription.startedAt);
  let position = start;
  let saidAt = Number.NEGATIVE_INFINITY;
  while (!call.signal.aborted) {
    const now = nowOf(call);
    refuseToGoOn(call, subject);
    if (now - subscription.startedAt >= LIFE_MS) return;
    useStreamKey(call, stream, "kms:Decrypt");
    const isAffordable = !stream.hasLimits || budget.balance(now) > 0;
    const page = cutShardPage(shard, position, isAffordable ? MAX_RECORDS : 0, now, EVENT_BYTES);
    if (page.records.length > 0 || page.isLast || now - saidAt >= SILENCE_MS) {
      budget.spend(page.bytes);
      position = page.next;
      saidAt = now;
      yield { SubscribeToShardEvent: describeEvent(stream, shard, page, now) };
    } else {
      await sleep(LOOK_MS, undefined, { signal: call.signal }).catch(() => {});
    }
    if (page.isLast) return;
  }
}

/** The stream may go, and so may the consumer; a newer subscription of the same shard takes over. */
function refuseToGoOn(call: Call, { stream, shard, consumer, subscription }: Subject): void {
  if (streamNamed(call, stream.name) !== stream) throw streamNotFound(call, stream.name);
  if (stream.consumers.get(consumer.name) !== consumer) {
    throw new AwsError("ResourceNotFoundException", `Consumer ${consumer.arn} not found.`);
  }
  if (consumer.subscriptions.get(shard.id) !== subscription) {
    throw new AwsError("ResourceInUseException", `Another subscription of consumer ${consumer.arn} to shard ${shard.id} took over.`);
  }
}

function describeEvent(stream: Stream, shard: Shard, page: ShardPage, now: number): SubscribeToShardEvent {
  return {
    Records: page.records.map(describeRecord),
    // Absent at a shard's end, which is how awslabs/amazon-kinesis-client recognises it.
    ContinuationSequenceNumber: page.isLast
      ? undefined
      : (page.records.at(-1)?.sequenceNumber ?? makeSequenceNumber(shard, page.next, now)),
    MillisBehindLatest: page.millisBehindLatest,
    ChildShards: page.isLast ? childrenOf(stream, shard) : undefined,
  };
}
