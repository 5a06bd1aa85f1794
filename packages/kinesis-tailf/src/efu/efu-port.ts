import { DescribeStreamConsumerCommand, type KinesisClient } from "@aws-sdk/client-kinesis";
import { type Context, ToolError } from "@sukima/core";
import { type StreamPort, Trouble } from "../loop/port.ts";
import type { Position } from "../loop/shard.ts";
import { translate } from "../service/translate.ts";
import { pageOf } from "./page.ts";
import { startAt, subscribe, type Subscription } from "./subscription.ts";

/** A stream whose pages are pushed. */
export interface EfuPort extends StreamPort {
  readonly pushes: true;
  /** End the subscription that an iterator stands for: its shard is read as far as it is wanted. */
  release(iterator: string): void;
}

/** The service takes one SubscribeToShard a second for each consumer and shard, and none within 5 seconds of one that succeeded (API reference). */
const afterCallMs = 1000;
const afterSubscriptionMs = 5000;

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "");

/**
 * The stream through enhanced fan-out: an iterator is a subscription, a page is one of its events. Shards are listed by `base`.
 * The client makes one attempt a call. A subscription that has ended or broken is `expired` for the loop, which then subscribes behind the last continuation.
 */
export function efuPort(base: StreamPort, client: KinesisClient, consumerArn: string, { clock }: Pick<Context, "clock">): EfuPort {
  const open = new Map<string, { readonly shard: string; readonly subscription: Subscription }>();
  const notBeforeMs = new Map<string, number>();
  let count = 0;

  const pause = (shard: string, ms: number): void => void notBeforeMs.set(shard, clock.elapsedMs() + ms);

  const release = (iterator: string): void => {
    open.get(iterator)?.subscription.close();
    open.delete(iterator);
  };

  /** What a call or a subscription failed of, as the loop knows it. */
  const translated = async (error: unknown, shard: string, signal: AbortSignal, position?: Position): Promise<unknown> => {
    if (nameOf(error) === "ResourceInUseException") {
      pause(shard, afterSubscriptionMs);
      return new Trouble("throttled", "ResourceInUseException", { cause: error });
    }
    // A shard that retention has taken is over; without the consumer nothing can be read.
    if (nameOf(error) === "ResourceNotFoundException") await checkConsumer(signal);
    return translate("kinesis:SubscribeToShard", consumerArn, error, position);
  };

  const checkConsumer = async (abortSignal: AbortSignal): Promise<void> => {
    try {
      await client.send(new DescribeStreamConsumerCommand({ ConsumerARN: consumerArn }), { abortSignal });
    } catch (error) {
      if (nameOf(error) !== "ResourceNotFoundException") throw translate("kinesis:DescribeStreamConsumer", consumerArn, error);
      throw new ToolError("NO_CONSUMER", `the consumer ${consumerArn} is gone: somebody deregistered it, or deleted its stream`, {
        hint: "start again",
        cause: error,
      });
    }
  };

  return {
    pushes: true,
    serverMs: base.serverMs,
    list: base.list,
    release,
    async iterator(shard, position, signal) {
      const waitMs = (notBeforeMs.get(shard) ?? 0) - clock.elapsedMs();
      if (waitMs > 0) await clock.sleep(waitMs, signal);
      pause(shard, afterCallMs);
      try {
        const input = { ConsumerARN: consumerArn, ShardId: shard, StartingPosition: startAt(position) };
        const subscription = await subscribe(client, input, clock, signal);
        pause(shard, afterSubscriptionMs);
        const token = `${shard}/${++count}`;
        open.set(token, { shard, subscription });
        return token;
      } catch (error) {
        throw await translated(error, shard, signal, position);
      }
    },
    async records(token, _limit, signal) {
      const held = open.get(token);
      if (held === undefined) throw new Trouble("expired", "the subscription is over");
      const { shard, subscription } = held;
      const event = await subscription.next().catch(async (error: unknown) => {
        release(token);
        throw await translated(error, shard, signal);
      });
      if (event === undefined) {
        release(token);
        throw new Trouble("expired", "the subscription is over");
      }
      const page = pageOf(event, subscription.serverMs(), token);
      if (page.next === undefined) release(token);
      return page;
    },
  };
}
