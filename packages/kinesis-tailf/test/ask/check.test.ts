import { RegisterStreamConsumerCommand } from "@aws-sdk/client-kinesis";
import { type Rehearsal, startRehearsal, type WorldInput } from "@sukima/rehearsal";
import { afterEach, expect, it } from "vitest";
import { check, type Checked } from "../../src/ask/check.ts";
import { ask, type Asked } from "./support/ask-in-process.ts";

let aws: Rehearsal;
const start = async (stream: NonNullable<WorldInput["streams"]>[string] = { shards: 2 }): Promise<void> => {
  aws = await startRehearsal({ clock: "virtual", world: { streams: { orders: stream } } });
};
afterEach(() => aws.stop());

const arn = "arn:aws:kinesis:ap-northeast-1:123456789012:stream/orders";
const run = (which: Partial<Checked> = {}, stream: Parameters<typeof check>[1] = { StreamName: "orders" }): Promise<Asked> =>
  ask(aws, (client, ctx) => check(client, stream, { efu: false, consumer: undefined, ...which }, ctx));
/** Register a consumer and give its ARN. */
async function register(ConsumerName: string): Promise<string> {
  let consumer = "";
  await ask(aws, async (client) => {
    const { Consumer } = await client.send(new RegisterStreamConsumerCommand({ StreamARN: arn, ConsumerName }));
    consumer = Consumer?.ConsumerARN ?? "";
  });
  return consumer;
}
const verdicts = ({ out }: Asked): string[] => (out.split("\n\n")[0] ?? "").trimEnd().split("\n");

it("finds that everything is allowed, and reads nothing", async () => {
  await start({ shards: 2, records: [{ key: "k", data: "x", at: "-1m" }] });
  expect(await run()).toMatchInlineSnapshot(`
    {
      "ended": 0,
      "err": "",
      "out": "ok           kinesis:DescribeStreamSummary
    ok           kinesis:ListShards
    ok           kinesis:GetShardIterator
    ok           kinesis:GetRecords
    ",
    }
  `);
  expect(aws.journal.map(({ operation, response }) => [operation, response?.status])).toEqual([
    ["DescribeStreamSummary", 200],
    ["ListShards", 200],
    ["GetShardIterator", 200],
    // A dry run that would have been answered.
    ["GetRecords", 400],
  ]);
});

it("finds the same for a stream that is named by its ARN", async () => {
  await start();
  const asked = await run();
  expect(await run({}, { StreamARN: arn })).toEqual(asked);
});

it.each(["DescribeStreamSummary", "ListShards", "GetShardIterator", "GetRecords"])(
  "finds that kinesis:%s is missing, alone, and gives the statement",
  async (operation) => {
    await start();
    aws.deny(`kinesis:${operation}`, "*");
    const asked = await run();
    expect(asked.ended).toBe(1);
    expect(verdicts(asked).filter((line) => line.startsWith("missing"))).toEqual([expect.stringContaining(`kinesis:${operation}`)]);
    const statement = JSON.parse(asked.out.slice(asked.out.indexOf("{")));
    const resource = operation === "DescribeStreamSummary" ? "arn:aws:kinesis:ap-northeast-1:*:stream/orders" : arn;
    expect(statement).toEqual({ Effect: "Allow", Action: [`kinesis:${operation}`], Resource: resource });
  },
);

it("says what cannot be tried when GetShardIterator or every listing is refused", async () => {
  await start();
  aws.deny("kinesis:GetShardIterator", "*");
  expect(verdicts(await run()).slice(-2)).toMatchInlineSnapshot(`
    [
      "missing      kinesis:GetShardIterator",
      "not checked  kinesis:GetRecords             needs a shard iterator",
    ]
  `);
  aws.deny("kinesis:ListShards", "*");
  aws.deny("kinesis:DescribeStream", "*");
  expect(verdicts(await run())).toMatchInlineSnapshot(`
    [
      "ok           kinesis:DescribeStreamSummary",
      "missing      kinesis:ListShards",
      "not checked  kinesis:GetShardIterator       needs the id of a shard, and none was told",
      "not checked  kinesis:GetRecords             needs the id of a shard, and none was told",
    ]
  `);
});

it("finds what a policy that was written for the original lacks", async () => {
  await start();
  aws.deny("kinesis:ListShards", "*");
  aws.deny("kinesis:DescribeStreamSummary", "*");
  expect(await run()).toMatchInlineSnapshot(`
    {
      "ended": 1,
      "err": "",
      "out": "missing      kinesis:DescribeStreamSummary
    missing      kinesis:ListShards
    ok           kinesis:DescribeStream         used in place of kinesis:ListShards
    ok           kinesis:GetShardIterator
    ok           kinesis:GetRecords

    the caller's policy lacks this statement:
    {
      "Effect": "Allow",
      "Action": [
        "kinesis:DescribeStreamSummary",
        "kinesis:ListShards"
      ],
      "Resource": "arn:aws:kinesis:ap-northeast-1:123456789012:stream/orders"
    }
    ",
    }
  `);
});

it("says of an encrypted stream that its key cannot be tried", async () => {
  await start({ shards: 1, encryption: "alias/aws/kinesis" });
  aws.deny("kms:Decrypt", "*");
  expect(await run()).toMatchInlineSnapshot(`
    {
      "ended": 0,
      "err": "",
      "out": "ok           kinesis:DescribeStreamSummary
    ok           kinesis:ListShards
    ok           kinesis:GetShardIterator
    ok           kinesis:GetRecords
    not checked  kms:Decrypt                    only reading shows whether alias/aws/kinesis may be used
    ",
    }
  `);
});

it("tries what fan-out needs with a consumer that is there, by name or ARN, at the pace that dry runs have", async () => {
  await start();
  const consumer = await register("billing");
  aws.clock.advance(1000);
  const asked = await run({ efu: true, consumer: "billing" });
  expect(asked).toMatchInlineSnapshot(`
    {
      "ended": 0,
      "err": "",
      "out": "ok           kinesis:DescribeStreamSummary
    ok           kinesis:ListShards
    ok           kinesis:GetShardIterator
    ok           kinesis:GetRecords
    not checked  kinesis:RegisterStreamConsumer    would register a consumer, which costs money
    ok           kinesis:DescribeStreamConsumer
    ok           kinesis:SubscribeToShard
    not checked  kinesis:DeregisterStreamConsumer  would take the consumer away
    ",
    }
  `);
  expect(aws.calls("kinesis:SubscribeToShard").map(({ response }) => /\w+Exception/.exec(response?.body ?? "")?.[0])).toEqual([
    "ThrottlingException",
    "DryRunOperationException",
  ]);
  expect(await run({ efu: true, consumer })).toEqual(asked);
});

it("gives up when others leave no room for a dry run", async () => {
  await start();
  aws.fault({ service: "kinesis", operation: "GetRecords", kind: "error", code: "ThrottlingException", message: "Rate exceeded" });
  expect((await run()).ended).toBe("REFUSED (1): kinesis:GetRecords failed with ThrottlingException: Rate exceeded; undefined");
  expect(aws.calls("kinesis:GetRecords")).toHaveLength(10);
});

it("describes a consumer by the stream's ARN where it was not told", async () => {
  await start();
  aws.deny("kinesis:DescribeStreamSummary", "*");
  const described = async (stream: Parameters<typeof check>[1]): Promise<string | undefined> =>
    verdicts(await run({ efu: true }, stream)).find((line) => line.includes("DescribeStreamConsumer"));
  expect([await described({ StreamName: "orders" }), await described({ StreamARN: arn })]).toEqual([
    "not checked  kinesis:DescribeStreamConsumer    needs the stream's ARN, and it was not told",
    "ok           kinesis:DescribeStreamConsumer",
  ]);
});

it("registers no consumer to find out, and says what it could not try", async () => {
  await start();
  expect(verdicts(await run({ efu: true })).slice(-4)).toMatchInlineSnapshot(`
    [
      "not checked  kinesis:RegisterStreamConsumer    would register a consumer, which costs money",
      "ok           kinesis:DescribeStreamConsumer",
      "not checked  kinesis:SubscribeToShard          needs a consumer, and none was named",
      "not checked  kinesis:DeregisterStreamConsumer  would take the consumer away",
    ]
  `);
  expect(verdicts(await run({ efu: true, consumer: "billing" })).slice(-2)).toMatchInlineSnapshot(`
    [
      "not checked  kinesis:SubscribeToShard          needs a consumer, and billing is not known",
      "not checked  kinesis:DeregisterStreamConsumer  would take the consumer away",
    ]
  `);
  await register("billing");
  aws.clock.advance(100);
  expect(verdicts(await run({ efu: true, consumer: "billing" })).slice(-2)).toMatchInlineSnapshot(`
    [
      "ok           kinesis:SubscribeToShard",
      "not checked  kinesis:DeregisterStreamConsumer  would take the consumer away",
    ]
  `);
  expect(aws.calls("kinesis:RegisterStreamConsumer")).toHaveLength(1);
});

it.each(["DescribeStreamConsumer", "SubscribeToShard"])("finds that kinesis:%s is missing", async (operation) => {
  await start();
  await register("billing");
  aws.clock.advance(1000);
  aws.deny(`kinesis:${operation}`, "*");
  const asked = await run({ efu: true, consumer: "billing" });
  expect(asked.ended).toBe(1);
  expect(JSON.parse(asked.out.slice(asked.out.indexOf("{")))).toEqual({
    Effect: "Allow",
    Action: [`kinesis:${operation}`],
    Resource: [arn, `${arn}/consumer/*`],
  });
});

it("does not take a consumer that is busy for a missing permission", async () => {
  await start();
  await register("billing");
  aws.clock.advance(1000);
  aws.fault({ service: "kinesis", operation: "SubscribeToShard", kind: "error", code: "ResourceInUseException" });
  const { ended, out } = await run({ efu: true, consumer: "billing" });
  expect([ended, out.split("\n").filter((line) => line.includes("SubscribeToShard"))]).toEqual([
    0,
    ["not checked  kinesis:SubscribeToShard          the service was busy with it; try again later"],
  ]);
});

it("says that there is no such stream, instead of judging permissions", async () => {
  await start();
  expect(await run({}, { StreamName: "order" })).toEqual({
    ended: "NO_STREAM (1): there is no stream order in this region and account; check -stream, -region and -profile",
    out: "",
    err: "",
  });
});
