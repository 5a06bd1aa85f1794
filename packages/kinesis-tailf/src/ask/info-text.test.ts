import { expect, it } from "vitest";
import { infoText } from "./info-text.ts";
import type { KnownShard } from "./known-shard.ts";
import type { StreamFacts } from "./stream-facts.ts";

const eighth = 2n ** 125n;

/** A shard by number, holding the eighths of the key space from `from` up to but not including `to`. */
const shard = (number: number, isOpen: boolean, from: number, to: number, ...parents: number[]): KnownShard => ({
  id: `shardId-${number}`,
  parents: parents.map((parent) => `shardId-${parent}`),
  hash: { from: BigInt(from) * eighth, to: BigInt(to) * eighth - 1n },
  isOpen,
});

const facts: StreamFacts = {
  title: "orders",
  settings: {
    StreamName: "orders",
    StreamARN: "arn:aws:kinesis:eu-west-1:123456789012:stream/orders",
    StreamStatus: "UPDATING",
    StreamModeDetails: { StreamMode: "ON_DEMAND" },
    StreamCreationTimestamp: new Date("2026-11-01T10:00:00Z"),
    RetentionPeriodHours: 168,
    EnhancedMonitoring: [{ ShardLevelMetrics: ["IncomingBytes", "OutgoingBytes"] }],
    EncryptionType: "KMS",
    KeyId: "alias/app",
    OpenShardCount: 3,
    ConsumerCount: 1,
    WarmThroughput: { CurrentMiBps: 4, TargetMiBps: 8 },
    MaxRecordSizeInKiB: 10_240,
    ChannelCount: 1,
    RecordDistributionStrategy: "AUTO",
  },
  consumers: [
    {
      ConsumerName: "billing",
      ConsumerARN: "arn:aws:kinesis:eu-west-1:123456789012:stream/orders/consumer/billing:1",
      ConsumerStatus: "ACTIVE",
      ConsumerCreationTimestamp: new Date("2026-11-02T10:00:00Z"),
    },
  ],
  shards: [
    shard(3, false, 0, 8, 1),
    shard(4, false, 0, 4, 3),
    shard(5, false, 4, 8, 3),
    shard(6, true, 0, 3, 4),
    shard(7, false, 3, 4, 4),
    shard(8, true, 3, 8, 7, 5),
  ],
  refused: [],
};

it("shows settings, consumers, and each shard once below the shard it came from", () => {
  expect(infoText(facts)).toMatchInlineSnapshot(`
    "orders
      ARN              arn:aws:kinesis:eu-west-1:123456789012:stream/orders
      status           UPDATING
      mode             on demand
      created          2026-11-01T10:00:00.000Z
      retention        168 hours (7 days)
      encryption       KMS with alias/app
      record limit     10240 KiB
      distribution     by the service, whatever the key (AUTO)
      warm throughput  4 MiB/s, on the way to 8
      channels         1
      shard metrics    IncomingBytes, OutgoingBytes
      consumers        1
      shards           2 open, 4 closed

    consumers
      billing  ACTIVE  since 2026-11-02T10:00:00.000Z

    shards
      shardId-3        closed  100 %   from shardId-1, which is gone
        shardId-4      closed  50 %
          shardId-6    open    37.5 %
          shardId-7    closed  12.5 %
            shardId-8  open    62.5 %  merged from shardId-7 and shardId-5
        shardId-5      closed  50 %
    "
  `);
});

it("leaves out what a stream does not have, and infers that a provisioned stream goes by the key", () => {
  const settings = {
    StreamName: "logs",
    StreamARN: "arn:aws:kinesis:eu-west-1:123456789012:stream/logs",
    StreamStatus: "ACTIVE",
    StreamModeDetails: { StreamMode: "PROVISIONED" },
    StreamCreationTimestamp: new Date("2026-11-01T10:00:00Z"),
    RetentionPeriodHours: 24,
    EncryptionType: "NONE",
  } as const;
  expect(infoText({ title: "logs", settings, consumers: [], shards: [shard(0, true, 0, 8)], refused: [] })).toMatchInlineSnapshot(`
    "logs
      ARN           arn:aws:kinesis:eu-west-1:123456789012:stream/logs
      status        ACTIVE
      mode          provisioned
      created       2026-11-01T10:00:00.000Z
      retention     24 hours
      encryption    none
      record limit  not told
      distribution  by partition key (USER_PARTITION_KEY)
      consumers     0
      shards        1 open, 0 closed

    shards
      shardId-0  open  100 %
    "
  `);
});

it("says of each part that was refused which action it needs", () => {
  const { settings } = facts;
  const refused = ["kinesis:ListShards", "kinesis:ListStreamConsumers"];
  expect(infoText({ title: "orders", settings, consumers: undefined, shards: undefined, refused })).toMatchInlineSnapshot(`
    "orders
      ARN              arn:aws:kinesis:eu-west-1:123456789012:stream/orders
      status           UPDATING
      mode             on demand
      created          2026-11-01T10:00:00.000Z
      retention        168 hours (7 days)
      encryption       KMS with alias/app
      record limit     10240 KiB
      distribution     by the service, whatever the key (AUTO)
      warm throughput  4 MiB/s, on the way to 8
      channels         1
      shard metrics    IncomingBytes, OutgoingBytes
      consumers        1; their names are unknown: kinesis:ListStreamConsumers was refused
      shards           3 open; the rest is unknown: kinesis:ListShards was refused
    "
  `);
});

it("says what DescribeStream cannot tell in place of DescribeStreamSummary", () => {
  const { StreamName, StreamARN, StreamStatus, RetentionPeriodHours } = facts.settings ?? {};
  const settings = { StreamName, StreamARN, StreamStatus, RetentionPeriodHours };
  const refused = ["kinesis:DescribeStreamSummary", "kinesis:ListStreamConsumers"];
  expect(infoText({ title: "orders", settings, consumers: undefined, shards: facts.shards?.slice(0, 1), refused })).toMatchInlineSnapshot(`
    "orders
      ARN           arn:aws:kinesis:eu-west-1:123456789012:stream/orders
      status        UPDATING
      mode          not told
      created       not told
      retention     168 hours (7 days)
      encryption    not told
      record limit  unknown: kinesis:DescribeStreamSummary was refused
      distribution  unknown: kinesis:DescribeStreamSummary was refused
      consumers     unknown: kinesis:ListStreamConsumers was refused
      shards        0 open, 1 closed

    shards
      shardId-3  closed  100 %  from shardId-1, which is gone
    "
  `);
});

it("shows shards alone when nothing else may be known", () => {
  const refused = ["kinesis:DescribeStreamSummary"];
  expect(infoText({ title: "orders", settings: undefined, consumers: undefined, shards: [shard(0, true, 0, 8)], refused }))
    .toMatchInlineSnapshot(`
    "orders
      settings   unknown: kinesis:DescribeStreamSummary was refused
      consumers  only known by the stream's ARN
      shards     1 open, 0 closed

    shards
      shardId-0  open  100 %
    "
  `);
});

it("asks no more of a stream that is being made", () => {
  const settings = {
    StreamName: "orders",
    StreamARN: "arn:aws:kinesis:eu-west-1:123456789012:stream/orders",
    StreamStatus: "CREATING",
  } as const;
  expect(infoText({ title: "orders", settings, consumers: undefined, shards: undefined, refused: [] })).toMatchInlineSnapshot(`
    "orders
      ARN           arn:aws:kinesis:eu-west-1:123456789012:stream/orders
      status        CREATING
      mode          not told
      created       not told
      retention     not told
      encryption    not told
      record limit  not told
      distribution  not told
      consumers     not told while the stream is CREATING
      shards        not told while the stream is CREATING
    "
  `);
});
