import { PutRecordCommand } from "@aws-sdk/client-kinesis";
import { createLog } from "@sukima/core";
import { type Rehearsal, startRehearsal, type WorldInput } from "@sukima/rehearsal";
import { afterEach, expect, it } from "vitest";
import { readKeys } from "../../src/ask/keys.ts";
import { shardMap } from "../../src/ask/shard-map.ts";
import { ask, type Asked, operationsOf } from "./support/ask-in-process.ts";

let aws: Rehearsal;
const start = async (stream: NonNullable<WorldInput["streams"]>[string]): Promise<void> => {
  aws = await startRehearsal({ clock: "virtual", world: { streams: { orders: stream } } });
};
afterEach(() => aws.stop());

interface How {
  readonly isJson?: boolean;
  readonly stdin?: string;
  readonly terminal?: boolean;
}

const map = (keys: readonly string[], { isJson = false, stdin = "", terminal = false }: How = {}): Promise<Asked> =>
  ask(
    aws,
    (client, ctx) => {
      const input = async function* (): AsyncGenerator<Uint8Array> {
        yield Buffer.from(stdin);
      };
      const log = createLog(ctx.err, ctx.clock, { tool: "kinesis-tailf", level: "warn", format: "text" });
      return shardMap(client, { StreamName: "orders" }, readKeys(keys, input), { isJson, log }, ctx);
    },
    { terminal },
  );

it("prints the shard of each key in the order of the keys, and their distribution on stderr", async () => {
  await start({ shards: 4 });
  expect(await map(["user-1", "user-2", "user-1", "é"])).toMatchInlineSnapshot(`
    {
      "ended": undefined,
      "err": "4 keys on 3 of 4 open shards
      shardId-000000000000  1  25 %
      shardId-000000000001  1  25 %
      shardId-000000000003  2  50 %
    too few keys to speak of skew
    ",
      "out": "user-1	shardId-000000000003
    user-2	shardId-000000000000
    user-1	shardId-000000000003
    é	shardId-000000000001
    ",
    }
  `);
});

it("prints one object a line for programs", async () => {
  await start({ shards: 4 });
  expect((await map(['a"b', "tab\tkey"], { isJson: true })).out).toMatchInlineSnapshot(`
    "{"key":"a\\"b","shard":"shardId-000000000003"}
    {"key":"tab\\tkey","shard":"shardId-000000000003"}
    "
  `);
});

it("reads keys from standard input, and reads no records", async () => {
  await start({ shards: 4 });
  const { out, err } = await map(["-"], { stdin: "user-1\r\nuser-2\n" });
  expect([out, err.split("\n")[0]]).toEqual([(await map(["user-1", "user-2"])).out, "2 keys on 2 of 4 open shards"]);
  expect(operationsOf(aws)).toEqual(["DescribeStreamSummary", "ListShards"]);
});

it("tells the shard that the service puts the record into, after resharding and over pages of shards", async () => {
  await start({ shards: 1100, limits: "off", script: [{ at: "-1h", split: "shardId-000000000003" }] });
  const keys = Array.from({ length: 60 }, (_, at) => `key-${at}`);
  const put = await ask(aws, async (client, ctx) => {
    for (const PartitionKey of keys) {
      const { ShardId } = await client.send(new PutRecordCommand({ StreamName: "orders", PartitionKey, Data: Buffer.from("x") }));
      ctx.out.write(`${PartitionKey}\t${ShardId}\n`);
    }
  });
  expect((await map(keys)).out).toBe(put.out);
});

it("calls one key that is most of a sample skew", async () => {
  await start({ shards: 4 });
  const sample = Array.from({ length: 200 }, (_, at) => (at % 2 === 0 ? "hot" : `key-${at}`));
  expect((await map(sample)).err).toMatchInlineSnapshot(`
    "200 keys on 4 of 4 open shards
      shardId-000000000000  127  63.5 %
      shardId-000000000001   25  12.5 %
      shardId-000000000002   24  12 %
      shardId-000000000003   24  12 %
    skewed: shardId-000000000000 has 63.5 % of the keys and 25 % of the key space
    "
  `);
});

it("refuses a stream that places records itself", async () => {
  await start({ mode: "on-demand", distribution: "auto" });
  expect(await map(["a"])).toEqual({
    ended:
      "NO_KEYS (1): orders places records itself (AUTO distribution): the service ignores the key; kinesis-tailf -o json shows the shard of each record that has arrived",
    out: "",
    err: "",
  });
});

it("answers with a policy that was written for the original, and names the missing actions", async () => {
  await start({ shards: 150 });
  const { out } = await map(["a", "b"]);
  aws.deny("kinesis:ListShards", "*");
  aws.deny("kinesis:DescribeStreamSummary", "*");
  const asked = await map(["a", "b"]);
  expect(asked.out).toBe(out);
  expect(asked.err.split("2 keys")[0]).toMatchInlineSnapshot(`
    "kinesis-tailf: warning: kinesis:DescribeStreamSummary was refused: the keys mean something only if the stream goes by them
    kinesis-tailf: hint: allow kinesis:DescribeStreamSummary on orders
    kinesis-tailf: warning: kinesis:ListShards is not allowed; using kinesis:DescribeStream
    kinesis-tailf: hint: allow kinesis:ListShards on orders
    "
  `);
});

it("does not take a closed shard from DescribeStream", async () => {
  await start({ shards: 1, script: [{ at: "-1h", split: "shardId-000000000000" }] });
  const { out } = await map(["a", "b", "c"]);
  aws.deny("kinesis:ListShards", "*");
  expect([(await map(["a", "b", "c"])).out, out.includes("shardId-000000000000")]).toEqual([out, false]);
});

it("says what to allow when no listing is", async () => {
  await start({ shards: 1 });
  aws.deny("kinesis:ListShards", "*");
  aws.deny("kinesis:DescribeStream", "*");
  expect((await map(["a"])).ended).toBe("ACCESS_DENIED (1): kinesis:ListShards on orders was refused; allow kinesis:ListShards on orders");
});

it("shows control characters of a key on a terminal, and passes them on elsewhere", async () => {
  await start({ shards: 1 });
  expect((await map(["a\u001b[2J"], { terminal: true })).out).toBe("a\\e[2J\tshardId-000000000000\n");
  expect((await map(["a\u001b[2J"])).out).toBe("a\u001b[2J\tshardId-000000000000\n");
});
