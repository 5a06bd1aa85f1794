import {
  DeleteStreamCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  MergeShardsCommand,
  SplitShardCommand,
  UpdateShardCountCommand,
} from "@aws-sdk/client-kinesis";
import { assert, asyncProperty, integer } from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { InputError, type Rehearsal, startRehearsal, type WorldInput } from "../src/index.ts";
import { clientsOf, refusal } from "./clients.ts";
import { FIRST, SECOND, STREAM, streamCalls, text } from "./stream-calls.ts";

let aws: Rehearsal;
let kinesis: ReturnType<typeof clientsOf>["kinesis"];
let calls: ReturnType<typeof streamCalls>;

async function start(streams?: WorldInput["streams"]): Promise<void> {
  await aws?.stop();
  aws = await startRehearsal({ clock: "virtual", world: { streams } });
  ({ kinesis } = clientsOf(aws));
  calls = streamCalls(kinesis);
}

beforeEach(() => start());
afterEach(() => aws.stop());

const name = { StreamName: STREAM };
const MIDDLE = 2n ** 127n;
const splitAt = (hashKey: bigint, ShardToSplit = FIRST) =>
  kinesis.send(new SplitShardCommand({ ...name, ShardToSplit, NewStartingHashKey: String(hashKey) }));
const mergeThem = (ShardToMerge: string, AdjacentShardToMerge: string) =>
  kinesis.send(new MergeShardsCommand({ ...name, ShardToMerge, AdjacentShardToMerge }));
const scale = (TargetShardCount: number) =>
  kinesis.send(new UpdateShardCountCommand({ ...name, TargetShardCount, ScalingType: "UNIFORM_SCALING" }));
const status = async () => (await kinesis.send(new DescribeStreamSummaryCommand(name))).StreamDescriptionSummary?.StreamStatus;

describe("a split", () => {
  it("happens a while later; until then the parent takes records", async () => {
    await splitAt(MIDDLE / 2n);
    expect(await status()).toBe("UPDATING");
    expect((await refusal(splitAt(MIDDLE / 2n))).name).toBe("ResourceInUseException");
    expect((await refusal(mergeThem(FIRST, SECOND))).name).toBe("ResourceInUseException");
    // What is wrong with a request comes before what is wrong with the time.
    expect((await refusal(splitAt(1n))).name).toBe("InvalidArgumentException");
    expect((await refusal(mergeThem(SECOND, FIRST))).name).toBe("InvalidArgumentException");
    const last = await calls.put("k", "last", { ExplicitHashKey: "0" });
    expect(last.ShardId).toBe(FIRST);
    aws.clock.advance(500);
    expect(await status()).toBe("ACTIVE");
    const next = await calls.put("k", "next", { ExplicitHashKey: "0" });
    expect(next.ShardId).toBe("shardId-000000000002");
    expect(BigInt(next.SequenceNumber ?? 0) > BigInt(last.SequenceNumber ?? 0)).toBe(true);
  });

  it("ends the parent's iterators, also those of its tip, with a sequence number to describe it", async () => {
    await calls.put("k", "last", { ExplicitHashKey: "0" });
    const tip = await calls.iterator(FIRST, { ShardIteratorType: "LATEST" });
    await splitAt(MIDDLE / 2n);
    aws.clock.advance(500);
    const end = await calls.page(tip);
    expect([end.Records, end.NextShardIterator, end.MillisBehindLatest]).toEqual([[], undefined, 0]);
    expect(end.ChildShards?.map(({ ShardId, ParentShards }) => [ShardId, ParentShards])).toEqual([
      ["shardId-000000000002", [FIRST]],
      ["shardId-000000000003", [FIRST]],
    ]);
    const [parent] = await calls.shards();
    const after = {
      ShardIteratorType: "AFTER_SEQUENCE_NUMBER",
      StartingSequenceNumber: parent?.SequenceNumberRange?.EndingSequenceNumber,
    } as const;
    expect((await calls.page(await calls.iterator(FIRST, after))).ChildShards).toHaveLength(2);
  });

  it.each<[() => Promise<unknown>, string, RegExp]>([
    [() => splitAt(1n), "InvalidArgumentException", /is not both greater than one plus the shard's StartingHashKey 0/],
    [
      () => splitAt(MIDDLE - 1n),
      "InvalidArgumentException",
      /on shard shardId-000000000000 in stream docker-logs under account 123456789012 is not .* less than the shard's EndingHashKey/,
    ],
    [() => splitAt(MIDDLE / 2n, "shardId-000000000007"), "ResourceNotFoundException", /Could not find shard/],
    [
      () => mergeThem(FIRST, "shardId-7"),
      "ResourceNotFoundException",
      /^Could not find shard shardId-000000000007 in stream docker-logs under account 123456789012\.$/,
    ],
    [() => splitAt(MIDDLE / 2n, "shard"), "ResourceNotFoundException", /^Could not find shard shard in stream/],
    [() => splitAt(MIDDLE / 2n, "2147483648"), "ResourceNotFoundException", /^Could not find shard 2147483648 in stream/],
    [() => scale(5), "LimitExceededException", /scale up over double/],
    [() => scale(0), "ValidationException", /targetShardCount/],
  ])("or another change that cannot be is refused: %s", async (change, code, message) => {
    expect(await refusal(change())).toEqual({ name: code, message: expect.stringMatching(message) });
  });
});

it("merges neighbours only, the lower one named first", async () => {
  await start({ [STREAM]: { shards: 3 } });
  expect((await refusal(mergeThem(FIRST, "shardId-000000000002"))).message).toMatch(/not an adjacent pair/);
  expect(await refusal(mergeThem(SECOND, FIRST))).toEqual({
    name: "InvalidArgumentException",
    message:
      "Shards shardId-000000000001 and shardId-000000000000 in stream docker-logs under account 123456789012 are not an adjacent pair of shards eligible for merging",
  });
  await mergeThem(FIRST, SECOND);
  aws.clock.advance(500);
  const child = (await calls.shards()).at(-1);
  expect([child?.ParentShardId, child?.AdjacentParentShardId, child?.HashKeyRange?.StartingHashKey]).toEqual([FIRST, SECOND, "0"]);
  const pages = await Promise.all([FIRST, SECOND].map(async (id) => calls.page(await calls.iterator(id))));
  expect(pages.map(({ ChildShards }) => ChildShards)).toEqual([
    [{ ShardId: "shardId-000000000003", ParentShards: [FIRST, SECOND], HashKeyRange: child?.HashKeyRange }],
    [{ ShardId: "shardId-000000000003", ParentShards: [FIRST, SECOND], HashKeyRange: child?.HashKeyRange }],
  ]);
});

it("keeps open shards tiling all hash keys, whatever counts it is scaled to", async () => {
  await assert(
    asyncProperty(integer({ min: 1, max: 12 }), integer({ min: 1, max: 12 }), async (from, to) => {
      await start({ [STREAM]: { shards: from, script: [{ at: "1s", count: to }] } });
      aws.clock.advance(1000);
      const ranges = (await calls.shards({ ShardFilter: { Type: "AT_LATEST" } }))
        .map(({ HashKeyRange: range }) => [BigInt(range?.StartingHashKey ?? -1), BigInt(range?.EndingHashKey ?? -1)] as const)
        .toSorted(([a], [b]) => (a < b ? -1 : 1));
      expect(ranges).toHaveLength(to);
      expect([ranges[0]?.[0], ranges.at(-1)?.[1]]).toEqual([0n, 2n ** 128n - 1n]);
      for (const [at, [first]] of ranges.slice(1).entries()) expect(first).toBe((ranges[at]?.[1] ?? 0n) + 1n);
    }),
    { numRuns: 15 },
  );
});

it("deletes a stream a while later", async () => {
  await kinesis.send(new DeleteStreamCommand(name));
  expect(await status()).toBe("DELETING");
  aws.clock.advance(500);
  expect((await refusal(status())).name).toBe("ResourceNotFoundException");
});

it.each(["0", "shardId-0", "any-0"])("takes %s for the first shard", async (text) => {
  await calls.put("k", "x", { ExplicitHashKey: "0" });
  expect((await calls.page(await calls.iterator(text))).Records).toHaveLength(1);
  const after = await calls.shards({ ExclusiveStartShardId: text });
  const filtered = await calls.shards({ ShardFilter: { Type: "AFTER_SHARD_ID", ShardId: text } });
  const { StreamDescription } = await kinesis.send(new DescribeStreamCommand({ ...name, ExclusiveStartShardId: text }));
  expect([after, filtered, StreamDescription?.Shards].map((shards) => shards?.map(({ ShardId }) => ShardId))).toEqual([
    [SECOND],
    [SECOND],
    [SECOND],
  ]);
  await splitAt(MIDDLE / 2n, text);
  aws.clock.advance(500);
  expect((await calls.shards()).at(-1)?.ParentShardId).toBe(FIRST);
});

describe("a world's script", () => {
  it("plays records and resharding at their times", async () => {
    await start({
      [STREAM]: {
        shards: 1,
        records: ["-2s", "1s", "3s"].map((at) => ({ key: "k", data: at, at, ehk: "0" })),
        script: [{ at: "2s", split: FIRST }],
      },
    });
    const texts = async (id: string) => ((await calls.page(await calls.iterator(id))).Records ?? []).map(({ Data }) => text(Data));
    expect(await texts(FIRST)).toEqual(["-2s"]);
    aws.clock.advance(5000);
    expect(await texts(FIRST)).toEqual(["-2s", "1s"]);
    expect(await texts(SECOND)).toEqual(["3s"]);
  });

  it.each<[WorldInput["streams"], string]>([
    [
      { s: { script: [{ at: "1s", split: "shardId-000000000005" }] } },
      "streams.s.script[0]: Could not find shard shardId-000000000005 in stream s under account 123456789012.",
    ],
    [{ s: { shards: 3, script: [{ at: "1s", merge: [FIRST, "shardId-000000000002"] }] } }, "streams.s.script[0]: Shards"],
    [{ s: { records: [{ key: "k" }] } }, "streams.s.records[0]: expected either data or dataBase64"],
    [{ s: { records: [{ key: "k", data: "x", at: "noon" }] } }, "streams.s.records[0].at: expected a duration"],
    [{ s: { records: [{ key: "k", data: "x", at: "2026-13-01T00:00:00Z" }] } }, "streams.s.records[0].at: expected a time that there is"],
    [{ s: { records: [{ data: "x" }] } }, "streams.s.records[0]: The record has no partition key"],
    [{ s: { records: [{ key: "k", data: "x".repeat(1024 * 1024) }] } }, "streams.s.records[0]: The record has 1048577 bytes"],
    [{ s: { distribution: "auto" } }, "streams.s: automatic distribution needs an on-demand stream"],
  ])("that cannot be is refused with its place: %j", async (streams, message) => {
    const error: unknown = await startRehearsal({ world: { streams } }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toContain(message);
  });
});
