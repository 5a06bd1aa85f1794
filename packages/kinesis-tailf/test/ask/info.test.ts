import {
  DeleteStreamCommand,
  type KinesisClient,
  MergeShardsCommand,
  RegisterStreamConsumerCommand,
  SplitShardCommand,
} from "@aws-sdk/client-kinesis";
import { type Rehearsal, startRehearsal, type WorldInput } from "@sukima/rehearsal";
import { afterEach, expect, it } from "vitest";
import { info } from "../../src/ask/info.ts";
import { ask, type Asked, operationsOf } from "./support/ask-in-process.ts";

let aws: Rehearsal;
const start = async (streams: WorldInput["streams"] = { orders: { shards: 2 } }): Promise<void> => {
  aws = await startRehearsal({ clock: "virtual", world: { streams } });
};
afterEach(() => aws.stop());

const orders = { StreamName: "orders" };
const arn = "arn:aws:kinesis:ap-northeast-1:123456789012:stream/orders";

/** The world begins when the test does, so instants are blotted out, in consumers' ARNs too. */
const timeless = ({ ended, out, err }: Asked): Asked => ({
  ended,
  err,
  out: out.replaceAll(/\d{4}-[\d-]+T[\d:.]+Z/g, "TIME").replaceAll(/(?<=billing:)\d+/g, "SECOND"),
});
const show = async (isJson = false, stream: Parameters<typeof info>[1] = orders): Promise<Asked> =>
  timeless(await ask(aws, (client, ctx) => info(client, stream, { isJson }, ctx)));
const does = (call: (client: KinesisClient) => Promise<unknown>): Promise<Asked> =>
  ask(aws, async (client) => {
    await call(client);
    aws.clock.advance(1000);
  });

it("shows a stream that was split, merged and given a consumer", async () => {
  await start({ orders: { shards: 2, retentionHours: 48, maxRecordKiB: 2048, encryption: "alias/aws/kinesis" } });
  await does((client) =>
    client.send(new SplitShardCommand({ ...orders, ShardToSplit: "shardId-000000000000", NewStartingHashKey: String(2n ** 125n) })),
  );
  await does((client) =>
    client.send(new MergeShardsCommand({ ...orders, ShardToMerge: "shardId-000000000003", AdjacentShardToMerge: "shardId-000000000001" })),
  );
  await does((client) => client.send(new RegisterStreamConsumerCommand({ StreamARN: arn, ConsumerName: "billing" })));
  expect(await show()).toMatchInlineSnapshot(`
    {
      "ended": undefined,
      "err": "",
      "out": "orders
      ARN           arn:aws:kinesis:ap-northeast-1:123456789012:stream/orders
      status        ACTIVE
      mode          provisioned
      created       TIME
      retention     48 hours (2 days)
      encryption    KMS with alias/aws/kinesis
      record limit  2048 KiB
      distribution  by partition key (USER_PARTITION_KEY)
      consumers     1
      shards        2 open, 3 closed

    consumers
      billing  ACTIVE  since TIME

    shards
      shardId-000000000000      closed  50 %
        shardId-000000000002    open    12.5 %
        shardId-000000000003    closed  37.5 %
          shardId-000000000004  open    87.5 %  merged from shardId-000000000003 and shardId-000000000001
      shardId-000000000001      closed  50 %
    ",
    }
  `);
  const { out } = await show(true);
  expect([out.split("\n").length, JSON.parse(out)]).toMatchInlineSnapshot(`
    [
      2,
      {
        "arn": "arn:aws:kinesis:ap-northeast-1:123456789012:stream/orders",
        "channels": null,
        "closedShards": 3,
        "consumers": [
          {
            "arn": "arn:aws:kinesis:ap-northeast-1:123456789012:stream/orders/consumer/billing:SECOND",
            "created": "TIME",
            "name": "billing",
            "status": "ACTIVE",
          },
        ],
        "created": "TIME",
        "encryption": "KMS",
        "key": "alias/aws/kinesis",
        "maxRecordSizeKiB": 2048,
        "mode": "PROVISIONED",
        "openShards": 2,
        "recordDistribution": "USER_PARTITION_KEY",
        "refused": [],
        "retentionHours": 48,
        "shards": [
          {
            "hashFrom": "0",
            "hashTo": "170141183460469231731687303715884105727",
            "id": "shardId-000000000000",
            "parents": [],
            "share": 0.5,
            "state": "closed",
          },
          {
            "hashFrom": "170141183460469231731687303715884105728",
            "hashTo": "340282366920938463463374607431768211455",
            "id": "shardId-000000000001",
            "parents": [],
            "share": 0.5,
            "state": "closed",
          },
          {
            "hashFrom": "0",
            "hashTo": "42535295865117307932921825928971026431",
            "id": "shardId-000000000002",
            "parents": [
              "shardId-000000000000",
            ],
            "share": 0.125,
            "state": "open",
          },
          {
            "hashFrom": "42535295865117307932921825928971026432",
            "hashTo": "170141183460469231731687303715884105727",
            "id": "shardId-000000000003",
            "parents": [
              "shardId-000000000000",
            ],
            "share": 0.375,
            "state": "closed",
          },
          {
            "hashFrom": "42535295865117307932921825928971026432",
            "hashTo": "340282366920938463463374607431768211455",
            "id": "shardId-000000000004",
            "parents": [
              "shardId-000000000003",
              "shardId-000000000001",
            ],
            "share": 0.875,
            "state": "open",
          },
        ],
        "status": "ACTIVE",
        "stream": "orders",
        "warmThroughputMiBps": null,
      },
    ]
  `);
});

it("shows the same for a stream that is named by its ARN", async () => {
  await start();
  expect(await show(false, { StreamARN: arn })).toEqual(await show());
});

it("shows who picks the shards of an on-demand stream", async () => {
  await start({ orders: { mode: "on-demand", shards: 1, distribution: "auto" } });
  expect(await show()).toMatchInlineSnapshot(`
    {
      "ended": undefined,
      "err": "",
      "out": "orders
      ARN           arn:aws:kinesis:ap-northeast-1:123456789012:stream/orders
      status        ACTIVE
      mode          on demand
      created       TIME
      retention     24 hours
      encryption    none
      record limit  1024 KiB
      distribution  by the service, whatever the key (AUTO)
      consumers     0
      shards        1 open, 0 closed

    shards
      shardId-000000000000  open  100 %
    ",
    }
  `);
});

it("reads no records, and asks nothing twice", async () => {
  await start();
  await show();
  expect(aws.journal.map(({ operation }) => operation)).toEqual(["DescribeStreamSummary", "ListShards", "ListStreamConsumers"]);
});

it("shows all shards and consumers of more than a page", async () => {
  await start({ orders: { shards: 2500, limits: "off" } });
  await does(async (client) => {
    for (let at = 0; at < 20; at++) {
      await client.send(new RegisterStreamConsumerCommand({ StreamARN: arn, ConsumerName: `consumer-${at}` }));
      aws.clock.advance(1000);
    }
  });
  aws.fault({ service: "kinesis", operation: "ListStreamConsumers", kind: "empty-page", times: 1 });
  const { out } = await show(true);
  const { shards, consumers, openShards } = JSON.parse(out);
  expect([shards.length, consumers.length, openShards]).toEqual([2500, 20, 2500]);
  expect(["ListShards", "ListStreamConsumers"].map((operation) => aws.calls(`kinesis:${operation}`).length)).toEqual([3, 2]);
});

it.each([
  ["DescribeStreamSummary", /(?<=record limit  ).*/, "unknown: kinesis:DescribeStreamSummary was refused"],
  [
    "ListStreamConsumers",
    /(?<=consumers     )1(.*)\n\nconsumers\n.*?\n/s,
    "1; their names are unknown: kinesis:ListStreamConsumers was refused$1\n",
  ],
] as const)("says so where kinesis:%s is refused, and shows the rest", async (operation, part, said) => {
  await start();
  await does((client) => client.send(new RegisterStreamConsumerCommand({ StreamARN: arn, ConsumerName: "billing" })));
  const whole = await show();
  aws.deny(`kinesis:${operation}`, "*");
  expect(await show()).toEqual({ ...whole, out: whole.out.replace(part, said) });
  expect(JSON.parse((await show(true)).out).refused).toEqual([`kinesis:${operation}`]);
});

it("takes the shards from DescribeStream where kinesis:ListShards is refused, over its pages", async () => {
  await start({ orders: { shards: 250 } });
  const whole = await show();
  aws.deny("kinesis:ListShards", "*");
  expect(await show()).toEqual(whole);
  expect(aws.calls("kinesis:DescribeStream")).toHaveLength(3);
});

it("is content with a policy that was written for the original", async () => {
  await start({ orders: { shards: 1 } });
  for (const operation of ["DescribeStreamSummary", "ListShards", "ListStreamConsumers"]) aws.deny(`kinesis:${operation}`, "*");
  expect(await show()).toMatchInlineSnapshot(`
    {
      "ended": undefined,
      "err": "",
      "out": "orders
      ARN           arn:aws:kinesis:ap-northeast-1:123456789012:stream/orders
      status        ACTIVE
      mode          provisioned
      created       TIME
      retention     24 hours
      encryption    none
      record limit  unknown: kinesis:DescribeStreamSummary was refused
      distribution  by partition key (USER_PARTITION_KEY)
      consumers     unknown: kinesis:ListStreamConsumers was refused
      shards        1 open, 0 closed

    shards
      shardId-000000000000  open  100 %
    ",
    }
  `);
});

it("fails when every question is refused", async () => {
  await start();
  aws.deny("kinesis:*", "*");
  expect(await show()).toEqual({
    ended:
      "ACCESS_DENIED (1): every question about orders was refused; allow kinesis:DescribeStreamSummary, kinesis:ListShards, kinesis:ListStreamConsumers on orders",
    out: "",
    err: "",
  });
});

it("asks a stream that is being deleted for its settings only", async () => {
  await start();
  await ask(aws, (client) => client.send(new DeleteStreamCommand(orders)));
  const { out } = await show();
  expect(out.split("\n").slice(-3)).toEqual([
    "  consumers     not told while the stream is DELETING",
    "  shards        not told while the stream is DELETING",
    "",
  ]);
  expect(operationsOf(aws)).toEqual(["DeleteStream", "DescribeStreamSummary"]);
});

it("says that there is no such stream", async () => {
  await start();
  expect(await show(false, { StreamName: "order" })).toEqual({
    ended: "NO_STREAM (1): there is no stream order in this region and account; check -stream, -region and -profile",
    out: "",
    err: "",
  });
});
