import {
  DescribeStreamCommand,
  GetRecordsCommand,
  type GetShardIteratorCommandInput,
  ListShardsCommand,
  type ShardFilter,
} from "@aws-sdk/client-kinesis";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Rehearsal, startRehearsal, type WorldInput } from "../src/index.ts";
import { clientsOf, refusal } from "./clients.ts";
import { FIRST, SECOND, STREAM, streamCalls, text } from "./stream-calls.ts";

let aws: Rehearsal;
let kinesis: ReturnType<typeof clientsOf>["kinesis"];
let calls: ReturnType<typeof streamCalls>;

async function start(streams?: WorldInput["streams"]): Promise<void> {
  await aws?.stop();
  aws = await startRehearsal({ clock: "virtual", world: { streams, kms: { keys: { "alias/off": { state: "disabled" } } } } });
  ({ kinesis } = clientsOf(aws));
  calls = streamCalls(kinesis);
}

beforeEach(() => start());
afterEach(() => aws.stop());

const FIVE_MINUTES = 300_000;
const MIB = 1024 * 1024;
const ago = (ms: number): Date => new Date(aws.clock.now().getTime() - ms);
const read = async (ShardIterator: string): Promise<string[]> =>
  ((await calls.page(ShardIterator)).Records ?? []).map(({ Data }) => text(Data));

describe("an iterator", () => {
  const timed = {
    docker: {
      shards: 1,
      records: [
        { key: "k", data: "a", at: "-3m" },
        { key: "k", data: "b", at: "-2m" },
      ],
    },
  };
  const at = (more: Partial<GetShardIteratorCommandInput>) => calls.iterator(FIRST, { StreamName: "docker", ...more });

  it("starts at the horizon, at the tip, at a time, at and after a sequence number", async () => {
    await start(timed);
    const { Records = [] } = await calls.page(await at({}));
    const StartingSequenceNumber = Records[0]?.SequenceNumber;
    aws.clock.advance(1000);
    expect(await read(await at({ ShardIteratorType: "LATEST" }))).toEqual([]);
    expect(await read(await at({ ShardIteratorType: "AT_TIMESTAMP", Timestamp: ago(150_000) }))).toEqual(["b"]);
    expect(await read(await at({ ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber }))).toEqual(["a", "b"]);
    expect(await read(await at({ ShardIteratorType: "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber }))).toEqual(["b"]);
  });

  it("lives for five minutes", async () => {
    const iterator = await calls.iterator(FIRST);
    aws.clock.advance(FIVE_MINUTES);
    const { NextShardIterator } = await calls.page(iterator);
    aws.clock.advance(1);
    const time = String.raw`\w{3} \w{3} \d\d \d\d:\d\d:\d\d UTC \d{4}`;
    expect(await refusal(calls.page(iterator))).toEqual({
      name: "ExpiredIteratorException",
      message: expect.stringMatching(
        `^Iterator expired. The iterator was created at time ${time} while right now it is ${time} which is further in the future than the tolerated delay of 300000 milliseconds.$`,
      ),
    });
    expect(await read(NextShardIterator ?? "")).toEqual([]);
  });

  it.each<[Partial<GetShardIteratorCommandInput>, string, RegExp]>([
    [{ ShardIteratorType: "AT_TIMESTAMP" }, "InvalidArgumentException", /Must specify timestampInMillis/],
    [{ ShardIteratorType: "AT_TIMESTAMP", Timestamp: new Date("2100-01-01") }, "InvalidArgumentException", /cannot be greater than/],
    [
      { ShardIteratorType: "AT_SEQUENCE_NUMBER" },
      "InvalidArgumentException",
      /^Must either specify .* Request specified AT_SEQUENCE_NUMBER and no StartingSequenceNumber\.$/,
    ],
    [
      { StartingSequenceNumber: "5" },
      "InvalidArgumentException",
      /^Must either specify .* Request specified TRIM_HORIZON and also a StartingSequenceNumber\.$/,
    ],
    [
      { ShardIteratorType: "LATEST", StartingSequenceNumber: "5" },
      "InvalidArgumentException",
      /^Must either specify .* Request specified LATEST and also a StartingSequenceNumber\.$/,
    ],
    [
      { ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber: "123" },
      "InvalidArgumentException",
      /did not come from this stream/,
    ],
    [{ ShardId: "shardId-000000000009" }, "ResourceNotFoundException", /Could not find shard shardId-000000000009 in stream docker-logs/],
    [{ StreamName: "nope" }, "ResourceNotFoundException", /^Stream nope under account 123456789012 not found\.$/],
    [{ StreamName: undefined }, "InvalidArgumentException", /StreamName or StreamARN/],
  ])("is refused for %j", async (more, name, message) => {
    expect(await refusal(calls.iterator(FIRST, more))).toEqual({ name, message: expect.stringMatching(message) });
  });

  it("that nobody gave out is refused", async () => {
    expect((await refusal(calls.page("made-up"))).name).toBe("InvalidArgumentException");
  });

  it("after a record that retention has taken is refused, and the horizon moves", async () => {
    await start({
      docker: {
        shards: 1,
        records: [
          { key: "k", data: "old", at: "-23h" },
          { key: "k", data: "new" },
        ],
      },
    });
    const { Records = [] } = await calls.page(await at({}));
    aws.clock.advance(2 * 3_600_000);
    expect(await read(await at({}))).toEqual(["new"]);
    const gone = at({ ShardIteratorType: "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber: Records[0]?.SequenceNumber });
    expect((await refusal(gone)).message).toContain("older than the retention period");
  });
});

describe("a page", () => {
  it("holds Limit records, and says how far behind it is", async () => {
    await start({ [STREAM]: { shards: 1, records: ["-30s", "-20s", "-10s"].map((at) => ({ key: "k", data: at, at })) } });
    const first = await calls.page(await calls.iterator(FIRST), 2);
    expect([first.Records?.length, first.MillisBehindLatest]).toEqual([2, 20_000]);
    const second = await calls.page(first.NextShardIterator, 2);
    expect([second.Records?.length, second.MillisBehindLatest]).toEqual([1, 0]);
    expect((await refusal(calls.page(second.NextShardIterator, 10_001))).name).toBe("ValidationException");
  });

  it("ends before 10 MiB, after which the shard answers nothing for five seconds", async () => {
    const big = Buffer.alloc(MIB - 10).toString("base64");
    await start({ [STREAM]: { shards: 1, records: Array.from({ length: 12 }, () => ({ key: "k", dataBase64: big, at: "-1m" })) } });
    const first = await calls.page(await calls.iterator(FIRST));
    expect(first.Records).toHaveLength(10);
    aws.clock.advance(4999);
    const message = "Rate exceeded for shard shardId-000000000000 in stream docker-logs under account 123456789012.";
    expect(await refusal(calls.page(first.NextShardIterator))).toEqual({ name: "ProvisionedThroughputExceededException", message });
    aws.clock.advance(1);
    expect((await calls.page(first.NextShardIterator)).Records).toHaveLength(2);
  });

  it("of records of 10 MiB is one record", async () => {
    const dataBase64 = Buffer.alloc(10 * MIB - 1).toString("base64");
    await start({ [STREAM]: { shards: 1, maxRecordKiB: 10_240, records: [1, 2].map(() => ({ key: "k", dataBase64 })) } });
    expect((await calls.page(await calls.iterator(FIRST))).Records).toHaveLength(1);
  });

  it("comes five times a second from a shard, and no oftener unless limits are off", async () => {
    const iterator = await calls.iterator(FIRST);
    const other = await calls.iterator(SECOND);
    for (let at = 0; at < 5; at += 1) await calls.page(iterator);
    expect((await refusal(calls.page(iterator))).name).toBe("ProvisionedThroughputExceededException");
    await calls.page(other);
    aws.clock.advance(200);
    await calls.page(iterator);
    await start({ [STREAM]: { limits: "off" } });
    const free = await calls.iterator(FIRST);
    for (let at = 0; at < 12; at += 1) await calls.page(free);
  });

  it("brings 2 MiB a second on average", async () => {
    const dataBase64 = Buffer.alloc(MIB - 1).toString("base64");
    await start({ [STREAM]: { shards: 1, records: Array.from({ length: 8 }, () => ({ key: "k", dataBase64, at: "-1m" })) } });
    const first = await calls.page(await calls.iterator(FIRST), 4);
    expect((await refusal(calls.page(first.NextShardIterator))).name).toBe("ProvisionedThroughputExceededException");
    aws.clock.advance(1000);
    expect((await calls.page(first.NextShardIterator, 4)).Records).toHaveLength(4);
  });
});

it("tries GetRecords and GetShardIterator dry, refusals first, once a second, and does not ask the key", async () => {
  await start({ [STREAM]: { shards: 1, encryption: "alias/off" } });
  const iterator = await calls.iterator(FIRST);
  const dry = () => refusal(kinesis.send(new GetRecordsCommand({ ShardIterator: iterator, DryRun: true }))).then(({ name }) => name);
  expect([await dry(), await dry()]).toEqual(["DryRunOperationException", "ThrottlingException"]);
  aws.clock.advance(1000);
  expect((await refusal(calls.iterator(FIRST, { DryRun: true }))).name).toBe("DryRunOperationException");
  aws.clock.advance(1000);
  aws.deny("kinesis:GetRecords", STREAM);
  expect(await dry()).toBe("AccessDeniedException");
});

it("refuses an encrypted stream in KMS's words", async () => {
  await start({ [STREAM]: { shards: 1, encryption: "alias/off" } });
  const iterator = await calls.iterator(FIRST);
  expect((await refusal(calls.page(iterator))).name).toBe("KMSDisabledException");
  expect((await refusal(calls.put("k"))).name).toBe("KMSDisabledException");
  await start({ [STREAM]: { shards: 1, encryption: "alias/aws/kinesis", records: [{ key: "k", data: "d" }] } });
  const open = await calls.iterator(FIRST);
  expect((await calls.page(open)).Records).toMatchObject([{ EncryptionType: "KMS" }]);
  aws.deny("kms:Decrypt", "alias/aws/kinesis");
  expect((await refusal(calls.page(open))).name).toBe("KMSAccessDeniedException");
});

describe("listing shards", () => {
  const script = [
    { at: "-20m", split: FIRST },
    { at: "-10m", merge: [SECOND, "shardId-000000000003"] as [string, string] },
  ];
  const idsOf = async (ShardFilter?: ShardFilter): Promise<string[]> =>
    (await calls.shards({ ShardFilter })).map(({ ShardId = "" }) => ShardId.slice(-1));

  it("filters by what was open when", async () => {
    await start({ [STREAM]: { shards: 2, script } });
    expect(await idsOf()).toEqual(["0", "1", "2", "3", "4"]);
    expect(await idsOf({ Type: "AT_LATEST" })).toEqual(["2", "4"]);
    expect(await idsOf({ Type: "AT_TRIM_HORIZON" })).toEqual(["0", "1"]);
    expect(await idsOf({ Type: "FROM_TRIM_HORIZON" })).toEqual(["0", "1", "2", "3", "4"]);
    expect(await idsOf({ Type: "AFTER_SHARD_ID", ShardId: SECOND })).toEqual(["2", "3", "4"]);
    expect(await idsOf({ Type: "AT_TIMESTAMP", Timestamp: ago(900_000) })).toEqual(["1", "2", "3"]);
    expect(await idsOf({ Type: "FROM_TIMESTAMP", Timestamp: ago(900_000) })).toEqual(["1", "2", "3", "4"]);
    expect((await refusal(idsOf({ Type: "AT_TIMESTAMP" }))).name).toBe("InvalidArgumentException");
  });

  it("forgets closed shards once retention has passed them", async () => {
    await start({ [STREAM]: { shards: 2, script } });
    aws.clock.advance(24 * 3_600_000 - 900_000);
    expect(await idsOf()).toEqual(["1", "2", "3", "4"]);
  });

  it("pages by 1,000, with tokens that live for 300 seconds", async () => {
    await start({ [STREAM]: { shards: 1200 } });
    const first = await kinesis.send(new ListShardsCommand({ StreamName: STREAM }));
    expect(first.Shards).toHaveLength(1000);
    const next = () => kinesis.send(new ListShardsCommand({ NextToken: first.NextToken }));
    const second = await next();
    expect([second.Shards?.length, second.Shards?.[0]?.ShardId, second.NextToken]).toEqual([200, "shardId-000000001000", undefined]);
    const both = kinesis.send(new ListShardsCommand({ StreamName: STREAM, NextToken: first.NextToken }));
    expect((await refusal(both)).message).toBe("NextToken and StreamName cannot be provided together.");
    aws.clock.advance(300_001);
    expect((await refusal(next())).name).toBe("ExpiredNextTokenException");
  });

  it("goes by DescribeStream too, at most 100 at a time", async () => {
    await start({ [STREAM]: { shards: 130 } });
    const describeFrom = async (ExclusiveStartShardId?: string) =>
      (await kinesis.send(new DescribeStreamCommand({ StreamName: STREAM, ExclusiveStartShardId }))).StreamDescription;
    const first = await describeFrom();
    expect([first?.Shards?.length, first?.HasMoreShards]).toEqual([100, true]);
    const second = await describeFrom(first?.Shards?.at(-1)?.ShardId);
    expect([second?.Shards?.length, second?.HasMoreShards]).toEqual([30, false]);
  });
});
