import { createHash } from "node:crypto";
import { PutRecordsCommand, UpdateMaxRecordSizeCommand, UpdateStreamRecordDistributionStrategyCommand } from "@aws-sdk/client-kinesis";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Rehearsal, startRehearsal } from "../src/index.ts";
import { clientsOf, refusal } from "./clients.ts";
import { FIRST, SECOND, STREAM, streamCalls } from "./stream-calls.ts";

let aws: Rehearsal;
let kinesis: ReturnType<typeof clientsOf>["kinesis"];
let calls: ReturnType<typeof streamCalls>;

beforeEach(async () => {
  aws = await startRehearsal({
    clock: "virtual",
    world: {
      streams: {
        [STREAM]: { shards: 2 },
        free: { shards: 2, limits: "off" },
        spread: { shards: 4, mode: "on-demand", distribution: "auto" },
        locked: { encryption: "alias/off", limits: "off" },
      },
      kms: { keys: { "alias/off": { state: "disabled" } } },
    },
  });
  ({ kinesis } = clientsOf(aws));
  calls = streamCalls(kinesis);
});

afterEach(() => aws.stop());

const MIB = 1024 * 1024;
const arn = (name: string): string => `arn:aws:kinesis:ap-northeast-1:123456789012:stream/${name}`;
const batch = (count: number, bytes: number, StreamName = STREAM) =>
  kinesis.send(
    new PutRecordsCommand({ StreamName, Records: Array.from({ length: count }, () => ({ PartitionKey: "k", Data: Buffer.alloc(bytes) })) }),
  );

describe("the place of a record", () => {
  it("is where the MD5 of its key falls, unless an explicit hash key says otherwise", async () => {
    for (const key of ["a", "b", "c", "日本"]) {
      const isHigh = createHash("md5").update(key).digest().readUInt8(0) >= 128;
      expect((await calls.put(key)).ShardId).toBe(isHigh ? SECOND : FIRST);
    }
    expect((await calls.put("a", "", { ExplicitHashKey: "0" })).ShardId).toBe(FIRST);
    expect((await calls.put("a", "", { ExplicitHashKey: String(2n ** 128n - 1n) })).ShardId).toBe(SECOND);
    expect((await refusal(calls.put("a", "", { ExplicitHashKey: String(2n ** 128n) }))).message).toMatch(/^Invalid ExplicitHashKey/);
  });

  it("is the service's affair with AUTO, where keys may be missing", async () => {
    const put = (PartitionKey?: string) => calls.put("", "x", { StreamName: "spread", PartitionKey });
    const shards = [await put("k"), await put("k"), await put("k"), await put()].map(({ ShardId }) => ShardId);
    expect(new Set(shards).size).toBe(4);
    expect((await refusal(calls.put("", "x", { PartitionKey: undefined }))).name).toBe("InvalidArgumentException");
    const toAuto = new UpdateStreamRecordDistributionStrategyCommand({ StreamARN: arn(STREAM), RecordDistributionStrategy: "AUTO" });
    expect((await refusal(kinesis.send(toAuto))).name).toBe("InvalidArgumentException");
  });
});

it("takes records of 1 MiB with their key, and of up to 10 MiB once the stream allows it", async () => {
  const put = (bytes: number) => calls.put("k", Buffer.alloc(bytes), { StreamName: "free" });
  await put(MIB - 1);
  expect(await refusal(put(MIB))).toMatchObject({ name: "InvalidArgumentException", message: expect.stringContaining("1048577 bytes") });
  await kinesis.send(new UpdateMaxRecordSizeCommand({ StreamARN: arn("free"), MaxRecordSizeInKiB: 10_240 }));
  aws.clock.advance(1000);
  await put(10 * MIB - 1);
  const message =
    "1 validation error detected: Value at 'data' failed to satisfy constraint: Member must have length less than or equal to 10485760";
  expect((await refusal(put(10 * MIB + 1))).message).toBe(message);
});

describe("the sequence number that a put comes after", () => {
  const put = (digits: string) => calls.put("k", "x", { SequenceNumberForOrdering: BigInt(`0x${digits}`).toString() });
  const seconds = (later: number): string => Math.floor(aws.clock.now().getTime() / 1000 + later).toString(16);

  it("is that of the put before", async () => {
    const { SequenceNumber } = await calls.put("k");
    await expect(calls.put("k", "x", { SequenceNumberForOrdering: SequenceNumber })).resolves.toBeDefined();
  });

  it.each([
    ["all 0", "20000000000000000000000000000000000000000000002"],
    ["all f", "2ffffffffff7fffffffffffffff000000000007fffffff2"],
    ["all 0 with version 1", "20000000000000000000000000000000000000000000001"],
  ])("may be %s, whose stream there is none of", async (_, digits) => {
    await expect(put(digits)).resolves.toBeDefined();
  });

  it.each([
    ["of version 0", "20000000000000000000000000000000000000000000000"],
    ["of version 4", "20000000000000000000000000000000000000000000004"],
    ["that begins with 3", "30000000000000000000000000000000000000000000001"],
    ["that begins with 1", "1ffffffffff7fffffffffffffff000000000007fffffff2"],
    ["whose count is too high", "20000000000800000000000000000000000000000000002"],
    ["whose shard is too high", "20000000000000000000000000000000000000800000002"],
    ["that is short", "1"],
  ])("is none %s", async (_, digits) => {
    expect(await refusal(put(digits))).toEqual({
      name: "InvalidArgumentException",
      message: `ExclusiveMinimumSequenceNumber ${BigInt(`0x${digits}`)} used in PutRecord on stream docker-logs under account 123456789012 is invalid.`,
    });
  });

  it("is of no time to come", async () => {
    const at = (later: number) => put(`200000000000000000000000000000${seconds(later)}000000002`);
    await expect(at(0)).resolves.toBeDefined();
    expect((await refusal(at(2))).name).toBe("InvalidArgumentException");
  });
});

it("takes batches of 500 records and 10 MiB", async () => {
  expect((await batch(500, 1, "free")).FailedRecordCount).toBe(0);
  const { name, message } = await refusal(batch(501, 1, "free"));
  expect([name, message.slice(0, 119)]).toEqual([
    "ValidationException",
    "1 validation error detected: Value '[{Data=java.nio.HeapByteBuffer[pos=0 lim=1 cap=1], PartitionKey=k}, {Data=java.nio.",
  ]);
  expect((await batch(10, MIB - 1, "free")).FailedRecordCount).toBe(0);
  expect((await refusal(batch(11, MIB - 1, "free"))).message).toMatch(/^Records size exceeds 10 MB limit/);
});

it("lets 1,000 records or 1 MiB a second into a shard, and the other records of a batch fail alone", async () => {
  const half = await batch(4, MIB / 2 - 1);
  expect(half.Records?.map(({ ErrorCode }) => ErrorCode)).toEqual([
    undefined,
    undefined,
    "ProvisionedThroughputExceededException",
    "ProvisionedThroughputExceededException",
  ]);
  expect(half.Records?.[3]?.ErrorMessage).toMatch(
    /^Rate exceeded for shard shardId-\d+ in stream docker-logs under account 123456789012\.$/,
  );
  expect((await refusal(calls.put("k", Buffer.alloc(1000)))).name).toBe("ProvisionedThroughputExceededException");
  aws.clock.advance(1000);
  const counts = [await batch(500, 1), await batch(500, 1), await batch(500, 1)].map(({ FailedRecordCount }) => FailedRecordCount);
  expect(counts).toEqual([0, 0, 500]);
});

it("tries a put dry without storing anything", async () => {
  expect((await refusal(calls.put("k", "x", { DryRun: true }))).name).toBe("DryRunOperationException");
  expect((await calls.page(await calls.iterator(FIRST))).Records).toEqual([]);
  expect((await calls.page(await calls.iterator(SECOND))).Records).toEqual([]);
});

it("does not ask the key when a put is tried dry", async () => {
  const Records = [{ PartitionKey: "k", Data: Buffer.from("x") }];
  const outcomes = [true, false].flatMap((DryRun) => [
    refusal(calls.put("k", "x", { StreamName: "locked", DryRun })),
    refusal(kinesis.send(new PutRecordsCommand({ StreamName: "locked", Records, DryRun }))),
  ]);
  expect((await Promise.all(outcomes)).map(({ name }) => name)).toEqual([
    "DryRunOperationException",
    "DryRunOperationException",
    "KMSDisabledException",
    "KMSDisabledException",
  ]);
});

describe("faults", () => {
  const outcome = (call: Promise<unknown>): Promise<string> => refusal(call).then(({ name }) => name);

  it("throttle and break data actions with their own exceptions", async () => {
    const iterator = await calls.iterator(FIRST);
    aws.fault({ service: "kinesis", kind: "throttle", times: 2 });
    expect(await outcome(calls.page(iterator))).toBe("ProvisionedThroughputExceededException");
    expect(await outcome(calls.shards())).toBe("LimitExceededException");
    aws.fault({ service: "kinesis", kind: "error", times: 1 });
    expect(await outcome(calls.page(iterator))).toBe("InternalFailureException");
    expect(aws.calls("kinesis:GetRecords").map(({ response }) => response?.status)).toEqual([400, 500]);
  });

  it("let an iterator expire before its time", async () => {
    const iterator = await calls.iterator(FIRST);
    aws.fault({ service: "kinesis", kind: "expired-iterator", times: 1 });
    // A kind that an action does not know passes it by.
    await calls.shards();
    expect(await outcome(calls.page(iterator))).toBe("ExpiredIteratorException");
    expect((await calls.page(iterator)).Records).toEqual([]);
  });

  it("let a share of a batch fail, whose other records go in", async () => {
    aws.fault({ service: "kinesis", operation: "PutRecords", kind: "partial", share: 0.1, code: "InternalFailure", times: 1 });
    const { FailedRecordCount, Records = [] } = await batch(50, 1);
    expect(FailedRecordCount).toBe(5);
    expect(Records.filter(({ ErrorCode }) => ErrorCode === "InternalFailure")).toHaveLength(5);
    expect((await batch(50, 1)).FailedRecordCount).toBe(0);
    const stored = await Promise.all([FIRST, SECOND].map(async (id) => (await calls.page(await calls.iterator(id))).Records?.length ?? 0));
    expect(stored.reduce((sum, count) => sum + count)).toBe(95);
  });

  it("show an empty page in front of records, and lose an answer whose record is stored", async () => {
    aws.fault({ service: "kinesis", operation: "PutRecord", kind: "lost-answer", times: 1 });
    await expect(calls.put("k", "x", { ExplicitHashKey: "0" })).rejects.toThrow(/hang up|ECONNRESET/);
    aws.clock.advance(5000);
    aws.fault({ service: "kinesis", operation: "GetRecords", kind: "empty-page", times: 1 });
    const empty = await calls.page(await calls.iterator(FIRST));
    expect([empty.Records, empty.MillisBehindLatest]).toEqual([[], 5000]);
    expect((await calls.page(empty.NextShardIterator)).Records).toHaveLength(1);
  });
});
