import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListShardsCommand,
  MergeShardsCommand,
  PutRecordCommand,
  PutRecordsCommand,
  SplitShardCommand,
  UpdateShardCountCommand,
} from "@aws-sdk/client-kinesis";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Rehearsal, startRehearsal } from "../src/index.ts";
import { clientsOf, refusal } from "./clients.ts";

const stream = { StreamName: "docker-logs" };
const FIRST = "shardId-000000000000";
const SECOND = "shardId-000000000001";
const MIDDLE = String(2n ** 127n);

let aws: Rehearsal;
let kinesis: ReturnType<typeof clientsOf>["kinesis"];

beforeEach(async () => {
  aws = await startRehearsal({ clock: "virtual", world: { kms: { keys: { "alias/app": {}, "alias/off": { state: "disabled" } } } } });
  ({ kinesis } = clientsOf(aws));
});

afterEach(() => aws.stop());

const text = (data: Uint8Array | undefined): string => Buffer.from(data ?? []).toString();
const put = (key: string, data = key, at: object = stream) =>
  kinesis.send(new PutRecordCommand({ ...at, PartitionKey: key, Data: Buffer.from(data) }));
const iterator = async (shard: string, type: "TRIM_HORIZON" | "LATEST" = "TRIM_HORIZON"): Promise<string> =>
  (await kinesis.send(new GetShardIteratorCommand({ ...stream, ShardId: shard, ShardIteratorType: type }))).ShardIterator ?? "";
const page = (ShardIterator: string, Limit?: number) => kinesis.send(new GetRecordsCommand({ ShardIterator, Limit }));

describe("the default stream", () => {
  it("has two shards that tile the hash keys, and describes itself", async () => {
    const { Shards = [] } = await kinesis.send(new ListShardsCommand(stream));
    expect(Shards.map(({ ShardId, HashKeyRange }) => [ShardId, HashKeyRange])).toEqual([
      [FIRST, { StartingHashKey: "0", EndingHashKey: String(2n ** 127n - 1n) }],
      [SECOND, { StartingHashKey: MIDDLE, EndingHashKey: String(2n ** 128n - 1n) }],
    ]);
    expect((await kinesis.send(new DescribeStreamSummaryCommand(stream))).StreamDescriptionSummary).toMatchObject({
      StreamARN: "arn:aws:kinesis:ap-northeast-1:123456789012:stream/docker-logs",
      StreamStatus: "ACTIVE",
      OpenShardCount: 2,
      MaxRecordSizeInKiB: 1024,
    });
  });

  it("keeps records by key, in order, with growing sequence numbers of 56 digits", async () => {
    const a = await put("a", "one");
    const b = await put("a", "two");
    expect([a.ShardId, a.SequenceNumber?.length]).toEqual([b.ShardId, 56]);
    expect(BigInt(b.SequenceNumber ?? 0) > BigInt(a.SequenceNumber ?? 0)).toBe(true);
    const { Records = [], MillisBehindLatest, NextShardIterator } = await page(await iterator(a.ShardId ?? ""));
    expect(Records.map(({ Data, PartitionKey }) => [text(Data), PartitionKey])).toEqual([
      ["one", "a"],
      ["two", "a"],
    ]);
    expect(Records[0]?.ApproximateArrivalTimestamp).toEqual(aws.clock.now());
    expect(MillisBehindLatest).toBe(0);
    await put("a", "three");
    expect((await page(NextShardIterator ?? "")).Records?.map(({ Data }) => text(Data))).toEqual(["three"]);
  });
});

it("creates a stream, which is ACTIVE after a while", async () => {
  await kinesis.send(new CreateStreamCommand({ StreamName: "new", ShardCount: 3 }));
  expect((await refusal(put("a", "b", { StreamName: "new" }))).name).toBe("ResourceInUseException");
  aws.clock.advance(1000);
  expect((await put("a", "b", { StreamName: "new" })).SequenceNumber).toMatch(/^\d{56}$/);
});

it("splits a shard: the parent ends with its children", async () => {
  await put("x", "before");
  await kinesis.send(new SplitShardCommand({ ...stream, ShardToSplit: FIRST, NewStartingHashKey: String(2n ** 126n) }));
  aws.clock.advance(1000);
  const { ChildShards = [], NextShardIterator } = await page(await iterator(FIRST));
  expect(NextShardIterator).toBeUndefined();
  expect(ChildShards.map(({ ShardId, ParentShards }) => [ShardId, ParentShards])).toEqual([
    ["shardId-000000000002", [FIRST]],
    ["shardId-000000000003", [FIRST]],
  ]);
});

it("merges two shards: the child has both parents", async () => {
  await kinesis.send(new MergeShardsCommand({ ...stream, ShardToMerge: FIRST, AdjacentShardToMerge: SECOND }));
  aws.clock.advance(1000);
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ ...stream, ShardFilter: { Type: "AT_LATEST" } }));
  expect(Shards).toMatchObject([{ ShardId: "shardId-000000000002", ParentShardId: FIRST, AdjacentParentShardId: SECOND }]);
});

it("scales to a count of equal shards", async () => {
  await kinesis.send(new UpdateShardCountCommand({ ...stream, TargetShardCount: 3, ScalingType: "UNIFORM_SCALING" }));
  aws.clock.advance(1000);
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ ...stream, ShardFilter: { Type: "AT_LATEST" } }));
  const starts = Shards.map(({ HashKeyRange }) => BigInt(HashKeyRange?.StartingHashKey ?? -1)).sort((a, b) => (a < b ? -1 : 1));
  expect(starts).toEqual([0n, 2n ** 128n / 3n, (2n ** 128n / 3n) * 2n]);
});

it("puts a batch, and lets what is too much for a shard fail alone", async () => {
  const Records = Array.from({ length: 500 }, (_, at) => ({ PartitionKey: "k", Data: Buffer.from(String(at)) }));
  const send = () => kinesis.send(new PutRecordsCommand({ ...stream, Records }));
  expect((await send()).FailedRecordCount).toBe(0);
  expect((await send()).FailedRecordCount).toBe(0);
  const third = await send();
  expect(third.FailedRecordCount).toBe(500);
  expect(third.Records?.[0]).toMatchObject({ ErrorCode: "ProvisionedThroughputExceededException" });
  aws.clock.advance(1000);
  expect((await send()).FailedRecordCount).toBe(0);
});
