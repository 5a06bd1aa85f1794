import {
  DeregisterStreamConsumerCommand,
  DescribeStreamConsumerCommand,
  DescribeStreamSummaryCommand,
  ListStreamConsumersCommand,
  RegisterStreamConsumerCommand,
  SplitShardCommand,
  type StartingPosition,
  SubscribeToShardCommand,
  type SubscribeToShardEvent,
} from "@aws-sdk/client-kinesis";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Rehearsal, startRehearsal } from "../src/index.ts";
import { clientsOf, refusal } from "./clients.ts";
import { FIRST, STREAM, streamCalls, text } from "./stream-calls.ts";

let aws: Rehearsal;
let kinesis: ReturnType<typeof clientsOf>["kinesis"];
let calls: ReturnType<typeof streamCalls>;

beforeEach(async () => {
  aws = await startRehearsal({ clock: "virtual", world: { streams: { [STREAM]: { shards: 1 } } } });
  ({ kinesis } = clientsOf(aws));
  calls = streamCalls(kinesis);
});

afterEach(() => aws.stop());

const StreamARN = `arn:aws:kinesis:ap-northeast-1:123456789012:stream/${STREAM}`;
const register = async (ConsumerName: string): Promise<string> =>
  (await kinesis.send(new RegisterStreamConsumerCommand({ StreamARN, ConsumerName }))).Consumer?.ConsumerARN ?? "";

describe("a consumer", () => {
  it("is CREATING, ACTIVE, DELETING and gone", async () => {
    const ConsumerARN = await register("tail");
    expect(ConsumerARN).toBe(`${StreamARN}/consumer/tail:${Math.floor(aws.clock.now().getTime() / 1000)}`);
    const status = async () => (await kinesis.send(new DescribeStreamConsumerCommand({ ConsumerARN }))).ConsumerDescription?.ConsumerStatus;
    expect(await status()).toBe("CREATING");
    expect((await refusal(register("tail"))).name).toBe("ResourceInUseException");
    aws.clock.advance(500);
    expect(await status()).toBe("ACTIVE");
    await kinesis.send(new DeregisterStreamConsumerCommand({ StreamARN, ConsumerName: "tail" }));
    expect(await status()).toBe("DELETING");
    aws.clock.advance(500);
    expect((await refusal(status())).name).toBe("ResourceNotFoundException");
  });

  it("is one of at most 20, five of them in CREATING", async () => {
    const registerFive = async (from: number): Promise<void> => {
      for (let at = from; at < from + 5; at += 1) await register(`c${at}`);
    };
    await registerFive(0);
    expect((await refusal(register("sixth"))).message).toContain("5 consumers in CREATING");
    for (const from of [5, 10, 15]) {
      aws.clock.advance(500);
      await registerFive(from);
    }
    aws.clock.advance(500);
    expect((await refusal(register("one-more"))).message).toContain("20 consumers");
    const { Consumers, NextToken } = await kinesis.send(new ListStreamConsumersCommand({ StreamARN, MaxResults: 15 }));
    const rest = await kinesis.send(new ListStreamConsumersCommand({ StreamARN, NextToken }));
    expect([Consumers?.length, rest.Consumers?.length]).toEqual([15, 5]);
  });
});

it("lists the consumers of the stream that was created at a time, or of none", async () => {
  await register("tail");
  const { StreamDescriptionSummary } = await kinesis.send(new DescribeStreamSummaryCommand({ StreamARN }));
  const list = (ms: number, NextToken?: string) => {
    const StreamCreationTimestamp = new Date((StreamDescriptionSummary?.StreamCreationTimestamp?.getTime() ?? 0) + ms);
    return kinesis.send(new ListStreamConsumersCommand({ StreamARN, StreamCreationTimestamp, NextToken }));
  };
  expect((await list(0)).Consumers).toHaveLength(1);
  expect((await refusal(list(-60_000))).name).toBe("ResourceNotFoundException");
  expect((await refusal(list(0, "token"))).message).toBe("NextToken and StreamCreationTimestamp cannot be provided together.");
});

describe("a subscription", () => {
  let consumer: string;

  beforeEach(async () => {
    consumer = await register("tail");
    aws.clock.advance(500);
  });

  async function* subscribe(StartingPosition: StartingPosition = { Type: "TRIM_HORIZON" }): AsyncGenerator<SubscribeToShardEvent> {
    const { EventStream } = await kinesis.send(new SubscribeToShardCommand({ ConsumerARN: consumer, ShardId: FIRST, StartingPosition }));
    for await (const { SubscribeToShardEvent } of EventStream ?? []) if (SubscribeToShardEvent !== undefined) yield SubscribeToShardEvent;
  }
  const texts = (event: SubscribeToShardEvent | undefined): string[] => (event?.Records ?? []).map(({ Data }) => text(Data));
  const nextTexts = async (events: AsyncGenerator<SubscribeToShardEvent>): Promise<string[]> => texts((await events.next()).value);

  it("brings what is there, then what arrives", async () => {
    await calls.put("k", "before");
    const events = subscribe();
    expect(await nextTexts(events)).toEqual(["before"]);
    await calls.put("k", "after");
    expect(await nextTexts(events)).toEqual(["after"]);
    expect(aws.calls("kinesis:SubscribeToShard")[0]?.response?.headers).toHaveProperty("x-amz-id-2");
    await events.return(undefined);
  });

  it("goes on after its continuation sequence number, also one without records", async () => {
    const events = subscribe();
    const { value } = await events.next();
    await events.return(undefined);
    await calls.put("k", "between");
    aws.clock.advance(5000);
    const again = subscribe({ Type: "AFTER_SEQUENCE_NUMBER", SequenceNumber: value?.ContinuationSequenceNumber });
    expect(await nextTexts(again)).toEqual(["between"]);
    await again.return(undefined);
  });

  it("ends after five minutes, and with the children at a shard's end", async () => {
    const events = subscribe();
    await events.next();
    aws.clock.advance(300_000);
    expect((await events.next()).done).toBe(true);
    await kinesis.send(new SplitShardCommand({ StreamName: STREAM, ShardToSplit: FIRST, NewStartingHashKey: "1000" }));
    aws.clock.advance(500);
    const last = subscribe();
    const { value } = await last.next();
    expect([value?.ChildShards?.length, value?.ContinuationSequenceNumber]).toEqual([2, undefined]);
    expect((await last.next()).done).toBe(true);
  });

  it("cannot begin twice within five seconds; later the new one takes over", async () => {
    const events = subscribe();
    await events.next();
    expect((await refusal(subscribe().next())).name).toBe("ResourceInUseException");
    aws.clock.advance(5000);
    const newer = subscribe();
    await newer.next();
    const ended = (async () => {
      for await (const event of events) void event;
    })();
    expect(await refusal(ended)).toMatchObject({ name: "ResourceInUseException", message: expect.stringContaining("took over") });
    await newer.return(undefined);
  });

  it("brings 2 MiB a second", async () => {
    aws.clock.advance(10_000);
    for (let at = 0; at < 6; at += 1) {
      await calls.put("k", Buffer.alloc(1024 * 1024 - 1));
      aws.clock.advance(1000);
    }
    const events = subscribe();
    const sizes = async (count: number) => {
      for (let at = 0; at < count; at += 1) expect((await events.next()).value?.Records).toHaveLength(1);
    };
    await sizes(2);
    const third = events.next();
    aws.clock.advance(1000);
    expect((await third).value?.Records).toHaveLength(1);
    await events.return(undefined);
  });

  it("brings all at once where the stream has no limits", async () => {
    const dataBase64 = Buffer.alloc(1024 * 1024 - 1).toString("base64");
    await aws.stop();
    const records = Array.from({ length: 5 }, () => ({ key: "k", dataBase64 }));
    aws = await startRehearsal({ clock: "virtual", world: { streams: { [STREAM]: { limits: "off", records } } } });
    ({ kinesis } = clientsOf(aws));
    consumer = await register("tail");
    aws.clock.advance(500);
    const events = subscribe();
    for (let at = 0; at < 5; at += 1) expect((await events.next()).value?.Records).toHaveLength(1);
    await events.return(undefined);
  });

  it("breaks in the middle of an event by a cut", async () => {
    await calls.put("k", "x".repeat(1000));
    aws.fault({ service: "kinesis", operation: "SubscribeToShard", kind: "cut", times: 1 });
    await expect(subscribe().next()).rejects.toThrow(/aborted|terminated|ECONNRESET|hang up/);
  });

  it("does not begin with a consumer that is not ACTIVE, or with one that is unknown", async () => {
    const young = await register("young");
    const begin = (ConsumerARN: string) =>
      kinesis.send(new SubscribeToShardCommand({ ConsumerARN, ShardId: FIRST, StartingPosition: { Type: "LATEST" } }));
    expect((await refusal(begin(young))).name).toBe("ResourceInUseException");
    expect((await refusal(begin(`${StreamARN}/consumer/nobody:1`))).name).toBe("ResourceNotFoundException");
  });
});
