import {
  AddTagsToStreamCommand,
  CreateStreamCommand,
  DecreaseStreamRetentionPeriodCommand,
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  IncreaseStreamRetentionPeriodCommand,
  ListStreamsCommand,
  ListTagsForStreamCommand,
  RegisterStreamConsumerCommand,
  RemoveTagsFromStreamCommand,
  SplitShardCommand,
  StartStreamEncryptionCommand,
  StopStreamEncryptionCommand,
  UpdateStreamModeCommand,
} from "@aws-sdk/client-kinesis";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Rehearsal, startRehearsal } from "../src/index.ts";
import { clientsOf, refusal } from "./clients.ts";
import { FIRST, SECOND, STREAM, streamCalls, text } from "./stream-calls.ts";

let aws: Rehearsal;
let kinesis: ReturnType<typeof clientsOf>["kinesis"];
let calls: ReturnType<typeof streamCalls>;

beforeEach(async () => {
  aws = await startRehearsal({ clock: "virtual" });
  ({ kinesis } = clientsOf(aws));
  calls = streamCalls(kinesis);
});

afterEach(() => aws.stop());

const name = { StreamName: STREAM };
const MIDDLE = 2n ** 127n;
const CHANGE_MS = 500;
const DAY_MS = 86_400_000;
const summary = async (StreamName = STREAM) =>
  (await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }))).StreamDescriptionSummary;

describe("the default stream", () => {
  it("has two shards that tile the hash keys, and describes itself", async () => {
    expect((await calls.shards()).map(({ ShardId, HashKeyRange }) => [ShardId, HashKeyRange])).toEqual([
      [FIRST, { StartingHashKey: "0", EndingHashKey: String(MIDDLE - 1n) }],
      [SECOND, { StartingHashKey: String(MIDDLE), EndingHashKey: String(2n ** 128n - 1n) }],
    ]);
    expect(await summary()).toMatchObject({
      StreamARN: "arn:aws:kinesis:ap-northeast-1:123456789012:stream/docker-logs",
      StreamStatus: "ACTIVE",
      OpenShardCount: 2,
      MaxRecordSizeInKiB: 1024,
    });
  });

  it("answers with the two request ids of Kinesis, refusals too", async () => {
    await calls.shards();
    await refusal(calls.shards({ StreamName: "nope" }));
    const { $metadata } = await kinesis.send(new ListStreamsCommand({}));
    const ids = aws.calls("kinesis:*").map(({ response }) => response?.headers["x-amz-id-2"]);
    expect(ids).toEqual(Array.from({ length: 3 }, () => expect.stringMatching(/^[\w+/]{86}==$/)));
    expect([new Set(ids).size, ids[2]]).toEqual([3, $metadata.extendedRequestId]);
  });

  it("keeps records by key, in order, with growing sequence numbers of 56 digits", async () => {
    const one = await calls.put("a", "one");
    const two = await calls.put("a", "two");
    expect([one.ShardId, one.SequenceNumber?.length]).toEqual([two.ShardId, 56]);
    expect(BigInt(two.SequenceNumber ?? 0) > BigInt(one.SequenceNumber ?? 0)).toBe(true);
    const { Records = [], MillisBehindLatest, NextShardIterator } = await calls.page(await calls.iterator(one.ShardId ?? ""));
    expect(Records.map(({ Data, PartitionKey }) => [text(Data), PartitionKey])).toEqual([
      ["one", "a"],
      ["two", "a"],
    ]);
    expect([Records[0]?.ApproximateArrivalTimestamp, MillisBehindLatest]).toEqual([aws.clock.now(), 0]);
    await calls.put("a", "three");
    expect((await calls.page(NextShardIterator)).Records?.map(({ Data }) => text(Data))).toEqual(["three"]);
  });
});

describe("a new stream", () => {
  it("is CREATING, then ACTIVE, and listed from the start", async () => {
    await kinesis.send(new CreateStreamCommand({ StreamName: "new", ShardCount: 3 }));
    expect((await kinesis.send(new ListStreamsCommand({}))).StreamNames).toEqual([STREAM, "new"]);
    expect((await refusal(calls.put("k", "x", { StreamName: "new" }))).name).toBe("ResourceInUseException");
    aws.clock.advance(CHANGE_MS);
    expect((await calls.put("k", "x", { StreamName: "new" })).SequenceNumber).toMatch(/^\d{56}$/);
  });

  it("does not hide others from the next page when it is deleted after its own", async () => {
    for (const StreamName of ["a", "b", "c", "e"]) await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
    aws.clock.advance(CHANGE_MS);
    const { StreamNames, NextToken } = await kinesis.send(new ListStreamsCommand({ Limit: 2 }));
    for (const StreamName of StreamNames ?? []) await kinesis.send(new DeleteStreamCommand({ StreamName }));
    aws.clock.advance(CHANGE_MS);
    expect((await kinesis.send(new ListStreamsCommand({ NextToken }))).StreamNames).toEqual(["c", STREAM, "e"]);
  });

  it("has four shards on demand, and is not split by its owner", async () => {
    await kinesis.send(new CreateStreamCommand({ StreamName: "new", StreamModeDetails: { StreamMode: "ON_DEMAND" } }));
    aws.clock.advance(CHANGE_MS);
    expect(await summary("new")).toMatchObject({ OpenShardCount: 4, RecordDistributionStrategy: "USER_PARTITION_KEY" });
    const split = new SplitShardCommand({ StreamName: "new", ShardToSplit: FIRST, NewStartingHashKey: "1000" });
    expect((await refusal(kinesis.send(split))).name).toBe("ValidationException");
  });

  it.each<[Partial<ConstructorParameters<typeof CreateStreamCommand>[0]>, string]>([
    [{}, "InvalidArgumentException"],
    [{ ShardCount: 1, StreamModeDetails: { StreamMode: "ON_DEMAND" } }, "InvalidArgumentException"],
    [{ ShardCount: 1, RecordDistributionStrategy: "AUTO" }, "InvalidArgumentException"],
    [{ ShardCount: 1, MaxRecordSizeInKiB: 10_241 }, "ValidationException"],
    [{ ShardCount: 1, StreamName: STREAM }, "ResourceInUseException"],
    [{ ShardCount: 1, WarmThroughputMiBps: 10 }, "InvalidArgumentException"],
    [{ ShardCount: 10_001 }, "LimitExceededException"],
  ])("is refused with %j: %s", async (more, code) => {
    expect((await refusal(kinesis.send(new CreateStreamCommand({ StreamName: "new", ...more })))).name).toBe(code);
  });
});

it("refuses more shards than memory has room for, with the count that the account has", async () => {
  const { message } = await refusal(kinesis.send(new CreateStreamCommand({ StreamName: "new", ShardCount: 2_147_483_647 })));
  expect(message).toMatch(
    /^This request would exceed the shard limit for the account 123456789012 in ap-northeast-1\. Current shard count for the account: 2\. Limit: 10000\. Number of additional shards that would have resulted from this request: 2147483647\. /,
  );
});

describe("tags", () => {
  const tagged = {
    AddTagsToStream: (Tags: Record<string, string>) => kinesis.send(new AddTagsToStreamCommand({ ...name, Tags })),
    CreateStream: (Tags: Record<string, string>) => kinesis.send(new CreateStreamCommand({ StreamName: "new", ShardCount: 1, Tags })),
    RegisterStreamConsumer: (Tags: Record<string, string>) =>
      kinesis.send(
        new RegisterStreamConsumerCommand({
          StreamARN: `arn:aws:kinesis:ap-northeast-1:123456789012:stream/${STREAM}`,
          ConsumerName: "tail",
          Tags,
        }),
      ),
  };
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, ""]));
  const refused: readonly [string, Record<string, string>, string, RegExp][] = [
    [
      "that are none",
      {},
      "ValidationException",
      /^1 validation error detected: Value '\{\}' at 'tags' .* length greater than or equal to 1$/,
    ],
    ["with an empty key", { "": "v" }, "ValidationException", /Value '\{=v\}' at 'tags' .* Map keys must satisfy constraint: \[/],
    ["with a long key", { ["k".repeat(129)]: "" }, "ValidationException", /Map keys must .* less than or equal to 128, /],
    ["with a long value", { k: "v".repeat(257) }, "ValidationException", /Map value must .* less than or equal to 256, /],
    ["of AWS's own", { "aws:k": "v" }, "InvalidArgumentException", /aws: are reserved/],
    ["that are 51", many(51), "InvalidArgumentException", /cannot have more than 50 tags/],
    ["that are 201", many(201), "ValidationException", /length less than or equal to 200$/],
  ];

  describe.each(Object.entries(tagged))("of %s", (_, ask) => {
    it.each(refused)("%s are refused", async (_title, tags, code, message) => {
      expect(await refusal(ask(tags))).toEqual({ name: code, message: expect.stringMatching(message) });
    });

    it("may be 50", async () => {
      await expect(ask(many(50))).resolves.toBeDefined();
    });
  });
});

describe("settings", () => {
  it("keep records longer, and shorter again", async () => {
    await calls.put("k", "x", { ExplicitHashKey: "0" });
    await kinesis.send(new IncreaseStreamRetentionPeriodCommand({ ...name, RetentionPeriodHours: 48 }));
    aws.clock.advance(DAY_MS + 1);
    const count = async () => (await calls.page(await calls.iterator(FIRST))).Records?.length;
    expect(await count()).toBe(1);
    await kinesis.send(new DecreaseStreamRetentionPeriodCommand({ ...name, RetentionPeriodHours: 24 }));
    aws.clock.advance(CHANGE_MS);
    expect(await count()).toBe(0);
  });

  it("encrypt records that come from then on", async () => {
    const key = { ...name, EncryptionType: "KMS", KeyId: "alias/app" } as const;
    await kinesis.send(new StartStreamEncryptionCommand(key));
    aws.clock.advance(CHANGE_MS);
    expect([(await calls.put("k")).EncryptionType, (await summary())?.KeyId]).toEqual(["KMS", "alias/app"]);
    await kinesis.send(new StopStreamEncryptionCommand(key));
    aws.clock.advance(CHANGE_MS);
    expect([(await calls.put("k")).EncryptionType, (await summary())?.EncryptionType]).toEqual([undefined, "NONE"]);
    const unknown = kinesis.send(new StartStreamEncryptionCommand({ ...key, KeyId: "alias/nobody" }));
    expect((await refusal(unknown)).name).toBe("KMSNotFoundException");
  });

  it.each([StartStreamEncryptionCommand, StopStreamEncryptionCommand])("encrypt with KMS only", async (Command) => {
    const none = { ...name, EncryptionType: "NONE", KeyId: "alias/app" } as const;
    expect((await refusal(kinesis.send(new Command(none)))).name).toBe("InvalidArgumentException");
    expect(await summary()).toMatchObject({ StreamStatus: "ACTIVE", EncryptionType: "NONE" });
  });

  it("switch the mode, with all shards in place", async () => {
    const StreamARN = `arn:aws:kinesis:ap-northeast-1:123456789012:stream/${STREAM}`;
    await kinesis.send(new UpdateStreamModeCommand({ StreamARN, StreamModeDetails: { StreamMode: "ON_DEMAND" } }));
    expect((await summary())?.StreamStatus).toBe("UPDATING");
    aws.clock.advance(CHANGE_MS);
    expect(await summary()).toMatchObject({ StreamStatus: "ACTIVE", OpenShardCount: 2, StreamModeDetails: { StreamMode: "ON_DEMAND" } });
  });

  it.each([
    [
      DecreaseStreamRetentionPeriodCommand,
      0,
      "Minimum allowed retention period is 24 hours. Requested retention period (0 hours) is too short.",
    ],
    [
      IncreaseStreamRetentionPeriodCommand,
      23,
      "Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is too short.",
    ],
    [
      IncreaseStreamRetentionPeriodCommand,
      8761,
      "Maximum allowed retention period is 8760 hours. Requested retention period (8761 hours) is too long.",
    ],
    [
      DecreaseStreamRetentionPeriodCommand,
      48,
      "Requested retention period (48 hours) for stream docker-logs can not be longer than existing retention period (24 hours). Use IncreaseRetentionPeriod API.",
    ],
  ])("do not keep records for ever, and not less than a day: %o %i", async (Command, RetentionPeriodHours, message) => {
    const change = kinesis.send(new Command({ ...name, RetentionPeriodHours }));
    expect(await refusal(change)).toEqual({ name: "InvalidArgumentException", message });
  });

  it("warm on-demand streams only", async () => {
    const StreamARN = `arn:aws:kinesis:ap-northeast-1:123456789012:stream/${STREAM}`;
    const go = (StreamMode: "ON_DEMAND" | "PROVISIONED") =>
      kinesis.send(new UpdateStreamModeCommand({ StreamARN, StreamModeDetails: { StreamMode }, WarmThroughputMiBps: 10 }));
    expect((await refusal(go("PROVISIONED"))).name).toBe("InvalidArgumentException");
    await expect(go("ON_DEMAND")).resolves.toBeDefined();
  });

  it("hold up to 50 tags", async () => {
    const tag = (Tags: Record<string, string>) => kinesis.send(new AddTagsToStreamCommand({ ...name, Tags }));
    await tag({ team: "blue", env: "prod" });
    await kinesis.send(new RemoveTagsFromStreamCommand({ ...name, TagKeys: ["team", "nobody"] }));
    expect((await kinesis.send(new ListTagsForStreamCommand(name))).Tags).toEqual([{ Key: "env", Value: "prod" }]);
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`k${at}`, ""]));
    const message =
      "Failed to add tags to stream docker-logs under account 123456789012 because a given stream cannot have more than 50 tags associated with it.";
    expect(await refusal(tag(many))).toEqual({ name: "InvalidArgumentException", message });
  });
});
