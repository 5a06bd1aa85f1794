import {
  AddTagsToStreamCommand,
  CreateStreamCommand,
  DecreaseStreamRetentionPeriodCommand,
  DeleteStreamCommand,
  DeregisterStreamConsumerCommand,
  DescribeStreamCommand,
  DescribeStreamConsumerCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  IncreaseStreamRetentionPeriodCommand,
  type KinesisClient,
  ListShardsCommand,
  type ListShardsCommandInput,
  ListStreamConsumersCommand,
  ListStreamsCommand,
  ListTagsForStreamCommand,
  MergeShardsCommand,
  PutRecordCommand,
  PutRecordsCommand,
  RegisterStreamConsumerCommand,
  RemoveTagsFromStreamCommand,
  SplitShardCommand,
  StartStreamEncryptionCommand,
  StopStreamEncryptionCommand,
  SubscribeToShardCommand,
  UpdateMaxRecordSizeCommand,
  UpdateShardCountCommand,
  UpdateStreamModeCommand,
} from "@aws-sdk/client-kinesis";

/** One side of the comparison. */
export interface Side {
  readonly kinesis: KinesisClient;
  /** Let what has begun come to its end. */
  settle(stream: string): Promise<void>;
}

export interface Question {
  readonly title: string;
  ask(side: Side): Promise<unknown>;
}

const StreamName = "compared";
const StreamARN = `arn:aws:kinesis:ap-northeast-1:123456789012:stream/${StreamName}`;
const ConsumerARN = `${StreamARN}/consumer/reader:1`;
const shardId = (index: number): string => `shardId-${String(index).padStart(12, "0")}`;
const QUARTER = String(2n ** 126n);

const question = (title: string, ask: (kinesis: KinesisClient) => Promise<unknown>): Question => ({
  title,
  ask: ({ kinesis }) => ask(kinesis),
});
/** Something that takes a while: its answer, then the stream as it is afterwards. */
const change = (title: string, ask: (kinesis: KinesisClient) => Promise<unknown>): Question => ({
  title,
  async ask(side) {
    const answer = await ask(side.kinesis);
    await side.settle(StreamName);
    const afterwards = await describeAll(side.kinesis).catch((error: unknown) => (error instanceof Error ? error.name : error));
    return { answer, afterwards };
  },
});

/** The stream and the ranges of its open shards: in which order resharding numbers them is nobody's promise. */
async function describeAll(kinesis: KinesisClient) {
  const { StreamDescriptionSummary } = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName, ShardFilter: { Type: "AT_LATEST" } }));
  const ranges = Shards.map(({ HashKeyRange }) => HashKeyRange).toSorted((a, b) =>
    BigInt(a?.StartingHashKey ?? 0) < BigInt(b?.StartingHashKey ?? 0) ? -1 : 1,
  );
  return { StreamDescriptionSummary, ranges };
}

const put = (k: KinesisClient, more: object = {}) =>
  k.send(new PutRecordCommand({ StreamName, PartitionKey: "key", Data: Buffer.from("data"), ...more }));
const list =
  (more: Partial<ListShardsCommandInput> = {}) =>
  (k: KinesisClient) =>
    k.send(new ListShardsCommand({ StreamName, ...more }));
const iterate = (k: KinesisClient, more: Partial<GetShardIteratorCommandInput> = {}) =>
  k.send(new GetShardIteratorCommand({ StreamName, ShardId: shardId(0), ShardIteratorType: "TRIM_HORIZON", ...more }));
const read =
  (more: Partial<GetShardIteratorCommandInput> = {}, Limit?: number) =>
  async (k: KinesisClient) => {
    const { ShardIterator } = await iterate(k, more);
    return k.send(new GetRecordsCommand({ ShardIterator, Limit }));
  };
const split = (k: KinesisClient, shard: number, NewStartingHashKey: string) =>
  k.send(new SplitShardCommand({ StreamName, ShardToSplit: shardId(shard), NewStartingHashKey }));
const merge = (k: KinesisClient, shard: number, adjacent: number) =>
  k.send(new MergeShardsCommand({ StreamName, ShardToMerge: shardId(shard), AdjacentShardToMerge: shardId(adjacent) }));

/** The first event of a subscription from the horizon, by the consumer that is registered unless told otherwise. */
async function subscribe(kinesis: KinesisClient, ShardId: string | undefined, consumer?: string): Promise<unknown> {
  const { Consumers = [] } = await kinesis.send(new ListStreamConsumersCommand({ StreamARN }));
  const { EventStream = [] } = await kinesis.send(
    new SubscribeToShardCommand({
      ConsumerARN: consumer ?? Consumers[0]?.ConsumerARN,
      ShardId,
      StartingPosition: { Type: "TRIM_HORIZON" },
    }),
  );
  for await (const event of EventStream) return event;
  return "no event";
}

/** What both sides are asked, in this order: the answers build on each other. */
export const questions: readonly Question[] = [
  change("create a stream", (k) => k.send(new CreateStreamCommand({ StreamName, ShardCount: 2 }))),
  question("create it again", (k) => k.send(new CreateStreamCommand({ StreamName, ShardCount: 2 }))),
  question("create one with a bad name", (k) => k.send(new CreateStreamCommand({ StreamName: "a b", ShardCount: 1 }))),
  question("create one without shards", (k) => k.send(new CreateStreamCommand({ StreamName: "none", ShardCount: 0 }))),
  question("summary", (k) => k.send(new DescribeStreamSummaryCommand({ StreamName }))),
  question("summary by ARN", (k) => k.send(new DescribeStreamSummaryCommand({ StreamARN }))),
  question("summary of an unknown stream", (k) => k.send(new DescribeStreamSummaryCommand({ StreamName: "nope" }))),
  question("list streams", (k) => k.send(new ListStreamsCommand({}))),
  question("describe one shard", (k) => k.send(new DescribeStreamCommand({ StreamName, Limit: 1 }))),
  question("list shards", list()),
  question("list one shard", list({ MaxResults: 1 })),
  question("list after a shard", list({ ShardFilter: { Type: "AFTER_SHARD_ID", ShardId: shardId(0) } })),
  question("list exclusively", list({ ExclusiveStartShardId: shardId(0) })),
  question("list with a bad token", (k) => k.send(new ListShardsCommand({ NextToken: "bad" }))),
  question("put low", (k) => put(k, { ExplicitHashKey: "0" })),
  question("put high", (k) => put(k, { ExplicitHashKey: String(2n ** 128n - 1n) })),
  question("put by key", (k) => put(k)),
  question("put too high", (k) => put(k, { ExplicitHashKey: String(2n ** 128n) })),
  question("put a hash key that is none", (k) => put(k, { ExplicitHashKey: "-1" })),
  question("put into an unknown stream", (k) => put(k, { StreamName: "nope" })),
  question("put a long key", (k) => put(k, { PartitionKey: "k".repeat(257) })),
  question("put several", (k) =>
    k.send(
      new PutRecordsCommand({
        StreamName,
        Records: ["0", "1", QUARTER].map((ExplicitHashKey) => ({ PartitionKey: "k", ExplicitHashKey, Data: Buffer.from(ExplicitHashKey) })),
      }),
    ),
  ),
  question("put none", (k) => k.send(new PutRecordsCommand({ StreamName, Records: [] }))),
  question("read from the horizon", read()),
  question("read one", read({}, 1)),
  question("read at the tip", read({ ShardIteratorType: "LATEST" })),
  question("read at an old time", read({ ShardIteratorType: "AT_TIMESTAMP", Timestamp: new Date(0) })),
  question("read at a future time", read({ ShardIteratorType: "AT_TIMESTAMP", Timestamp: new Date("2100-01-01") })),
  question("read at no time", read({ ShardIteratorType: "AT_TIMESTAMP" })),
  question("read after no number", read({ ShardIteratorType: "AFTER_SEQUENCE_NUMBER" })),
  question("read after a foreign number", read({ ShardIteratorType: "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber: "1" })),
  question("read an unknown shard", read({ ShardId: shardId(9) })),
  question("read with a made-up iterator", (k) => k.send(new GetRecordsCommand({ ShardIterator: "made-up" }))),
  question("read too many", read({}, 10_001)),
  question("read after the first record", async (k) => {
    const { Records = [] } = await read({}, 1)(k);
    return read({ ShardIteratorType: "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber: Records[0]?.SequenceNumber })(k);
  }),
  question("read at the first record", async (k) => {
    const { Records = [] } = await read({}, 1)(k);
    return read({ ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber: Records[0]?.SequenceNumber })(k);
  }),
  question("split an unknown shard", (k) => split(k, 9, QUARTER)),
  change("split", (k) => split(k, 0, QUARTER)),
  question("split a closed shard", (k) => split(k, 0, QUARTER)),
  question("read a closed shard from its horizon", read()),
  question("read a closed shard at its tip", read({ ShardIteratorType: "LATEST" })),
  question("list what is open", list({ ShardFilter: { Type: "AT_LATEST" } })),
  question("list from the horizon", list({ ShardFilter: { Type: "FROM_TRIM_HORIZON" } })),
  question("merge strangers", (k) => merge(k, 1, 2)),
  change("merge", (k) => merge(k, 2, 3)),
  question("put after resharding", (k) => put(k, { ExplicitHashKey: "0" })),
  change("scale up", (k) => k.send(new UpdateShardCountCommand({ StreamName, TargetShardCount: 4, ScalingType: "UNIFORM_SCALING" }))),
  question("scale too far", (k) =>
    k.send(new UpdateShardCountCommand({ StreamName, TargetShardCount: 9, ScalingType: "UNIFORM_SCALING" })),
  ),
  change("keep longer", (k) => k.send(new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 48 }))),
  question("keep longer by less", (k) => k.send(new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 25 }))),
  change("keep shorter", (k) => k.send(new DecreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 24 }))),
  question("keep too short", (k) => k.send(new DecreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 23 }))),
  question("tag", (k) => k.send(new AddTagsToStreamCommand({ StreamName, Tags: { b: "2", a: "1" } }))),
  question("untag", (k) => k.send(new RemoveTagsFromStreamCommand({ StreamName, TagKeys: ["b", "c"] }))),
  question("list tags", (k) => k.send(new ListTagsForStreamCommand({ StreamName }))),
  change("register a consumer", (k) => k.send(new RegisterStreamConsumerCommand({ StreamARN, ConsumerName: "reader" }))),
  question("register it again", (k) => k.send(new RegisterStreamConsumerCommand({ StreamARN, ConsumerName: "reader" }))),
  question("describe the consumer", (k) => k.send(new DescribeStreamConsumerCommand({ StreamARN, ConsumerName: "reader" }))),
  question("describe a consumer of another birth", (k) => k.send(new DescribeStreamConsumerCommand({ ConsumerARN }))),
  question("list consumers", (k) => k.send(new ListStreamConsumersCommand({ StreamARN }))),
  question("subscribe to a closed shard", (k) => subscribe(k, shardId(0))),
  question("subscribe to an open shard", async (k) => {
    const { Shards = [] } = await list({ ShardFilter: { Type: "AT_LATEST" } })(k);
    return subscribe(k, Shards[0]?.ShardId);
  }),
  question("subscribe an unknown consumer", (k) => subscribe(k, shardId(0), ConsumerARN)),
  change("deregister the consumer", (k) => k.send(new DeregisterStreamConsumerCommand({ StreamARN, ConsumerName: "reader" }))),
  change("encrypt", (k) => k.send(new StartStreamEncryptionCommand({ StreamName, EncryptionType: "KMS", KeyId: "alias/aws/kinesis" }))),
  question("put encrypted", (k) => put(k)),
  change("stop encrypting", (k) =>
    k.send(new StopStreamEncryptionCommand({ StreamName, EncryptionType: "KMS", KeyId: "alias/aws/kinesis" })),
  ),
  change("allow larger records", (k) => k.send(new UpdateMaxRecordSizeCommand({ StreamARN, MaxRecordSizeInKiB: 2048 }))),
  change("go on demand", (k) => k.send(new UpdateStreamModeCommand({ StreamARN, StreamModeDetails: { StreamMode: "ON_DEMAND" } }))),
  {
    // On a stream of its own, since the emulator splits it.
    title: "split at an edge",
    async ask({ kinesis, settle }) {
      const edge = { StreamName: "edge" };
      await kinesis.send(new CreateStreamCommand({ ...edge, ShardCount: 1 }));
      await settle(edge.StreamName);
      return kinesis.send(new SplitShardCommand({ ...edge, ShardToSplit: shardId(0), NewStartingHashKey: "0" }));
    },
  },
  change("delete", (k) => k.send(new DeleteStreamCommand({ StreamName }))),
];
