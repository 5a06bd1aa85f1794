import {
  type KinesisClient,
  type StartingPosition,
  SubscribeToShardCommand,
  type SubscribeToShardEvent,
  type SubscribeToShardInput,
} from "@aws-sdk/client-kinesis";
import type { Clock } from "@sukima/core";
import { dateMsOf } from "../service/answer.ts";
import type { Position } from "../loop/shard.ts";

/** One subscription to a shard. An event is read from the transport when it is asked for, not before. */
export interface Subscription {
  /** The next event; undefined when the subscription is over. Rejects when it breaks, and when nothing comes for a minute. */
  next(): Promise<SubscribeToShardEvent | undefined>;
  /** The service's clock now, in milliseconds since 1970: the answer's Date header and what has passed since. */
  serverMs(): number;
  /** End it at once. */
  close(): void;
}

/** A connection that is this quiet is dead, as after a laptop's sleep. The Kinesis Client Library gives up after half of it (its changelog, 2.0.3). */
const silenceMs = 60_000;

export function startAt(position: Position): StartingPosition {
  switch (position.at) {
    case "horizon":
      return { Type: "TRIM_HORIZON" };
    case "time":
      return { Type: "AT_TIMESTAMP", Timestamp: new Date(position.ms) };
    case "sequence":
      return { Type: "AT_SEQUENCE_NUMBER", SequenceNumber: position.sequence };
    case "after":
      return { Type: "AFTER_SEQUENCE_NUMBER", SequenceNumber: position.sequence };
    default:
      return position satisfies never;
  }
}

/** Subscribe to a shard; `signal` ends the subscription too. Rejects with the SDK's error, and when there is no answer for a minute. */
export async function subscribe(
  client: KinesisClient,
  input: SubscribeToShardInput,
  clock: Clock,
  signal: AbortSignal,
): Promise<Subscription> {
  const command = new SubscribeToShardCommand(input);
  let dateMs = Number.NaN;
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      dateMs = dateMsOf(result.response);
      return result;
    },
    { step: "deserialize" },
  );
  const over = new AbortController();
  const heard = async <T>(wait: () => Promise<T>): Promise<T> => {
    const cancel = clock.after(silenceMs, () => over.abort(new DOMException("nothing came for a minute", "TimeoutError")));
    try {
      return await wait();
    } catch (error) {
      throw over.signal.aborted ? over.signal.reason : error;
    } finally {
      cancel();
    }
  };
  const { EventStream } = await heard(() => client.send(command, { abortSignal: AbortSignal.any([signal, over.signal]) }));
  const answeredAtMs = clock.elapsedMs();
  const events = EventStream?.[Symbol.asyncIterator]();
  return {
    async next() {
      for (;;) {
        const item = await heard(async () => events?.next());
        if (item === undefined || item.done === true) return undefined;
        if (item.value.SubscribeToShardEvent !== undefined) return item.value.SubscribeToShardEvent;
      }
    },
    serverMs: () => dateMs + clock.elapsedMs() - answeredAtMs,
    // The SDK does not pass the end of an iteration on to the connection; an abort reaches it.
    close: () => over.abort(),
  };
}
