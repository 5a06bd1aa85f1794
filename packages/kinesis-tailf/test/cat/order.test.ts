import { createHash } from "node:crypto";
import { SplitShardCommand } from "@aws-sdk/client-kinesis";
import { type Rehearsal, startRehearsal, type WorldInput } from "@sukima/rehearsal";
import { afterEach, describe, expect, it } from "vitest";
import { cat } from "./support/cat-in-process.ts";
import { byKclRule, contentOf, kinesisOf } from "./support/stream-content.ts";

let aws: Rehearsal;
afterEach(() => aws.stop());

type Stream = NonNullable<WorldInput["streams"]>[string];

async function world(stream: Partial<Stream> = {}): Promise<void> {
  aws = await startRehearsal({ clock: "virtual", world: { streams: { s: { shards: 2, limits: "off", ...stream } } } });
}

const middle = String(2n ** 126n);

/** Lines `key number`, the numbers of each key rising. */
const keyed = (count: number, keys: number): string[] => Array.from({ length: count }, (_, at) => `k${at % keys} ${at}`);

/** The numbers of each key, in the order in which they stand. */
function numbersByKey(texts: readonly string[]): Map<string, number[]> {
  const numbers = new Map<string, number[]>();
  for (const text of texts) {
    const [key = "", number = ""] = text.split(" ");
    numbers.set(key, [...(numbers.get(key) ?? []), Number(number)]);
  }
  return numbers;
}

function expectInOrder(texts: readonly string[], sent: readonly string[]): void {
  expect([...texts].sort()).toEqual([...sent].sort());
  expect([...numbersByKey(texts)].sort()).toEqual([...numbersByKey(sent)].sort());
}

/** Input during which something happens to the stream. */
async function* inputWith(sent: readonly string[], at: number, happen: () => Promise<unknown>): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < sent.length; from += 100) {
    if (from === at) await happen();
    yield Buffer.from(`${sent.slice(from, from + 100).join("\n")}\n`);
    // Requests go out between two pieces of the input.
    for (let turns = 0; turns < 50; turns++) await new Promise((resolve) => void setImmediate(resolve));
  }
}

async function split(): Promise<void> {
  const command = new SplitShardCommand({ StreamName: "s", ShardToSplit: "shardId-000000000000", NewStartingHashKey: middle });
  await kinesisOf(aws).send(command);
  // A stream needs some time for it.
  aws.clock.advance(60_000);
}

describe("-ordered", () => {
  it("keeps the order of each key through partial failures and lost requests", async () => {
    await world();
    aws.fault({ service: "kinesis", operation: "PutRecords", kind: "partial", share: 0.3, rate: 0.5 });
    aws.fault({ service: "kinesis", operation: "PutRecords", kind: "error", rate: 0.2 });
    const sent = keyed(1000, 40);
    expect((await cat(aws, ["-stream=s", "-ordered", "-key-from=1"], { stdin: [sent.join("\n")] })).code).toBe(0);
    const content = await contentOf(aws, "s");
    expectInOrder(
      content.flatMap(({ records }) => records.map(({ data }) => data.toString())),
      sent,
    );
  });
});

describe("-aggregate", () => {
  it("packs records by the shard that takes them", async () => {
    await world({ shards: 4 });
    const sent = keyed(5000, 5000);
    expect((await cat(aws, ["-stream=s", "-aggregate"], { stdin: [sent.join("\n")] })).code).toBe(0);
    const { users, dropped, packed } = byKclRule(await contentOf(aws, "s"));
    expect([users.map(({ text }) => text).sort(), dropped]).toEqual([[...sent].sort(), 0]);
    expect(packed).toBeLessThan(20);
    expect(users.every(({ key, text }) => key === createHash("sha256").update(text).digest("hex"))).toBe(true);
  });

  it("A20: keeps every record inside its shard's range, and the order of each key, while a shard splits", async () => {
    await world();
    aws.fault({ service: "kinesis", operation: "PutRecords", kind: "partial", share: 0.2, rate: 0.3 });
    const sent = keyed(4000, 60);
    const argv = ["-stream=s", "-aggregate", "-ordered", "-key-from=1", "-aggregate-size=2048", "-log-level=info"];
    const { code, err } = await cat(aws, argv, { stdin: inputWith(sent, 2000, split) });
    expect([code, err]).toEqual([0, expect.stringContaining("the shards have changed")]);
    const { users } = byKclRule(await contentOf(aws, "s"));
    expectInOrder(
      users.map(({ text }) => text),
      sent,
    );
  });

  it("A20: loses nothing without -ordered either", async () => {
    await world();
    const sent = keyed(4000, 60);
    const argv = ["-stream=s", "-aggregate", "-key-from=1", "-aggregate-size=2048", "-log-level=info"];
    const { code, err } = await cat(aws, argv, { stdin: inputWith(sent, 2000, split) });
    expect([code, err]).toEqual([0, expect.stringContaining("the shards have changed")]);
    const { users } = byKclRule(await contentOf(aws, "s"));
    expect(users.map(({ text }) => text).sort()).toEqual([...sent].sort());
  });

  it.each([
    ["before anything is sent", 0],
    ["when the shards have changed", 1],
  ])("asks for the shards again while the service fails, %s", async (_when, after) => {
    await world();
    aws.fault({ service: "kinesis", operation: "ListShards", kind: "error", after, times: 9 });
    const sent = keyed(400, 60);
    const argv = ["-stream=s", "-aggregate", "-key-from=1", "-aggregate-size=2048"];
    expect(await cat(aws, argv, { stdin: inputWith(sent, 200, split) })).toMatchObject({ code: 0, err: "" });
    const { users } = byKclRule(await contentOf(aws, "s"));
    expect(users.map(({ text }) => text).sort()).toEqual([...sent].sort());
  });

  it("gives up when the service keeps failing to say its shards, and says so", async () => {
    await world();
    aws.fault({ service: "kinesis", operation: "ListShards", kind: "error" });
    const { code, err } = await cat(aws, ["-stream=s", "-aggregate"], { stdin: ["a"] });
    expect([code, err, aws.calls("kinesis:ListShards").length]).toEqual([
      1,
      expect.stringContaining("kinesis:ListShards failed with InternalFailureException"),
      10,
    ]);
  });

  it("is refused on a stream that places records by itself", async () => {
    await world({ mode: "on-demand", distribution: "auto" });
    expect(await cat(aws, ["-stream=s", "-aggregate"], { stdin: ["a"] })).toMatchObject({
      code: 1,
      err: expect.stringContaining("consumers would discard packed records"),
    });
    expect(aws.calls("kinesis:PutRecords")).toEqual([]);
  });
});
