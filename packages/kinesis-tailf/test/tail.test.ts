import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { KinesisClient, PutRecordsCommand, SplitShardCommand } from "@aws-sdk/client-kinesis";
import { awsConfig } from "@sukima/core/aws-config";
import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aggregate } from "./support/aggregate.ts";
import { runInProcess } from "./support/tail-in-process.ts";

let aws: Rehearsal;
let client: KinesisClient;
beforeEach(async () => {
  aws = await startRehearsal({ clock: "virtual" });
  const credentials = { accessKeyId: "AKID", secretAccessKey: "s" };
  client = new KinesisClient({
    ...awsConfig({ env: aws.env }, { name: "test", version: "0" }),
    endpoint: aws.url,
    credentials,
    maxAttempts: 1,
  });
});
afterEach(async () => {
  client.destroy();
  await aws.stop();
});

const put = (...texts: (string | Uint8Array)[]) =>
  client.send(
    new PutRecordsCommand({
      StreamName: "docker-logs",
      Records: texts.map((text, at) => ({ Data: typeof text === "string" ? Buffer.from(text) : text, PartitionKey: `key-${at}` })),
    }),
  );
const run = (...argv: string[]) => runInProcess(aws, ["-stream", "docker-logs", ...argv]);
const linesOf = (text: string): string[] => text.split("\n").slice(0, -1).sort();

it("prints everything from the oldest record to the tip, of all shards", async () => {
  await put("a", "b", "c", "d");
  const { code, out, err } = await run("-from", "horizon", "-follow=false", "-lf");
  expect([code, linesOf(out), err]).toEqual([0, ["a", "b", "c", "d"], ""]);
});

it("cuts out a range of the past", async () => {
  for (const text of ["before", "first", "last", "after"]) {
    await put(text);
    aws.clock.advance(60_000);
  }
  const at = (minutesAgo: number): string => new Date(aws.clock.now().getTime() - minutesAgo * 60_000 - 1000).toISOString();
  const { code, out } = await run("-start", at(3), "-end", at(1), "-lf");
  expect([code, linesOf(out)]).toEqual([0, ["first", "last"]]);
});

it("finishes a range without data in two calls a shard at the most (A7, K8)", async () => {
  aws.clock.advance(3_600_000);
  const { code, out } = await run("-start", "30m ago", "-end", "20m ago");
  expect([code, out]).toEqual([0, ""]);
  expect(aws.calls("kinesis:GetRecords").length).toBeLessThanOrEqual(4);
});

it("unpacks what the KPL aggregated, unless told not to", async () => {
  const packed = aggregate(["one", "two", "three"]);
  await put(packed);
  expect(linesOf((await run("-from=horizon", "-follow=false", "-lf")).out)).toEqual(["one", "three", "two"]);
  expect((await run("-from=horizon", "-follow=false", "-kpl=false")).bytes).toEqual(Buffer.from(packed));
});

it("reads a parent to its end before its children (K2, K3)", async () => {
  await put("old");
  await client.send(
    new SplitShardCommand({ StreamName: "docker-logs", ShardToSplit: "shardId-000000000000", NewStartingHashKey: String(2n ** 126n) }),
  );
  aws.clock.advance(60_000);
  await put("new 1", "new 2", "new 3", "new 4");
  const { code, out } = await run("-from=horizon", "-follow=false", "-lf");
  expect([code, linesOf(out)]).toEqual([0, ["new 1", "new 2", "new 3", "new 4", "old"]]);
});

it("filters, decodes and formats what it prints", async () => {
  await put(gzipSync('{"status":500,"path":"/a"}'), '{"status":200,"path":"/b"}', "plain text");
  expect((await run("-from=horizon", "-follow=false", "-o=line", "-where", "status >= 500")).out).toBe('{"status":500,"path":"/a"}\n');
  expect((await run("-from=horizon", "-follow=false", "-o=line", "-grep", "PLAIN", "-i")).out).toBe("plain text\n");
  expect(linesOf((await run("-from=horizon", "-follow=false", "-o=line", "-grep-v", "plain")).out)).toHaveLength(2);
  const [first = ""] = linesOf((await run("-from=horizon", "-follow=false", "-o=json", "-grep=plain")).out);
  expect(JSON.parse(first)).toMatchObject({ stream: "docker-logs", key: "key-2", data: "plain text" });
});

it("replays what -o json printed through the same filters", async () => {
  await put("a", "b", aggregate(["c", "d"]));
  const folder = mkdtempSync(join(tmpdir(), "kinesis-tailf-"));
  try {
    const dump = join(folder, "dump.ndjson");
    writeFileSync(dump, (await run("-from=horizon", "-follow=false", "-o=json")).out);
    const { code, out } = await runInProcess(aws, ["-stream", pathToFileURL(dump).href, "-o", "line", "-grep-v", "b"]);
    expect([code, linesOf(out)]).toEqual([0, ["a", "c", "d"]]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it("reads on with a policy that was written for the original, and names the missing action", async () => {
  await put("a", "b");
  aws.deny("kinesis:ListShards", "*");
  const { code, out, err } = await run("-from=horizon", "-follow=false", "-lf");
  expect([code, linesOf(out)]).toEqual([0, ["a", "b"]]);
  expect(err).toBe(
    "kinesis-tailf: warning: kinesis:ListShards is not allowed; using kinesis:DescribeStream\nkinesis-tailf: hint: allow kinesis:ListShards on the stream\n",
  );
});

it("stops after -timeout, and after -idle-timeout without a record", async () => {
  await put("a");
  for (const flag of ["-timeout=30s", "-idle-timeout=30s"])
    expect(await run("-from=horizon", "-lf", flag)).toMatchObject({ code: 0, out: "a\n" });
});

it.each([
  [["-from=horizon", "-follow=false"], ["kinesis-tailf"]],
  // Polling is not needed beside it, but what it falls back to.
  [
    ["-from=horizon", "-follow=false", "-efu"],
    ["kinesis-tailf", "kinesis-tailf with `-efu`"],
  ],
  [["-info"], ["kinesis-tailf", "kinesis-tailf with `-info`"]],
])("calls with %j no action that the README's policy does not have", async (argv, parts) => {
  await put("a");
  aws.clock.advance(1000);
  const before = aws.journal.length;
  expect((await run(...argv)).code).toBe(0);
  const called = new Set(aws.journal.slice(before).map(({ service, operation }) => `${service}:${operation}`));
  const policy: { actions: string[]; when: string }[] = JSON.parse(readFileSync(join(import.meta.dirname, "../iam.json"), "utf8"));
  const allowed = new Set(policy.flatMap(({ actions, when }) => (parts.includes(when) ? actions : [])));
  expect([...called].filter((action) => !allowed.has(action))).toEqual([]);
  const needed = policy.find(({ when }) => when === parts.at(-1))?.actions ?? [];
  expect(needed.filter((action) => !called.has(action))).toEqual([]);
});

it("refuses a pattern that is none before anything is read", async () => {
  const { code, err } = await run("-grep", "(", "-follow=false");
  expect([code, err.includes("-grep")]).toEqual([2, true]);
});

it("stops after -n records", async () => {
  await put("a", "b", "c");
  const { code, out } = await run("-from=horizon", "-n", "2", "-lf");
  expect([code, linesOf(out).length]).toEqual([0, 2]);
});

it.each([
  ["throttled calls", { kind: "throttle", times: 5 }],
  ["outages", { kind: "error", code: "InternalFailureException", status: 500, times: 5 }],
  ["cut answers", { kind: "cut", times: 3 }],
  ["expired iterators", { kind: "expired-iterator", times: 2 }],
] as const)("loses nothing and repeats nothing over %s (K4, K5)", async (_what, fault) => {
  await put(...Array.from({ length: 40 }, (_, at) => String(at)));
  aws.fault({ service: "kinesis", operation: "GetRecords", ...fault });
  const { code, out } = await run("-from=horizon", "-follow=false", "-lf");
  expect([
    code,
    linesOf(out)
      .map(Number)
      .sort((a, b) => a - b),
  ]).toEqual([0, Array.from({ length: 40 }, (_, at) => at)]);
});

it.each([
  ["throttled", { kind: "throttle", times: 3 }],
  ["failing", { kind: "error", code: "InternalFailureException", status: 500, times: 3 }],
] as const)("starts although the first listings are %s", async (_what, fault) => {
  await put("a");
  aws.fault({ service: "kinesis", operation: "ListShards", ...fault });
  expect(await run("-from=horizon", "-follow=false", "-lf")).toMatchObject({ code: 0, out: "a\n", err: "" });
});

it("gives up when no listing succeeds, and says why", async () => {
  aws.fault({ service: "kinesis", operation: "ListShards", kind: "throttle", times: 100 });
  const { code, err } = await run("-follow=false");
  expect([code, err]).toEqual([1, expect.stringMatching(/kinesis:ListShards failed with \w+/)]);
  expect(aws.calls("kinesis:ListShards").length).toBe(5);
});

it.each([
  [{ AWS_REGION: "" }, [2, expect.stringMatching(/no AWS region\n.*hint: set AWS_REGION/)]],
  [
    { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "", AWS_EC2_METADATA_DISABLED: "true" },
    [1, expect.stringMatching(/no AWS credentials.*\n.*hint: sign in/)],
  ],
  [
    { AWS_ENDPOINT_URL: "http://127.0.0.1:9", AWS_ENDPOINT_URL_KINESIS: "" },
    [1, expect.stringMatching(/kinesis:DescribeStreamSummary failed: .*\n.*hint: check the network/)],
  ],
])("without what a call needs (%j) says what to do", async (env, expected) => {
  const { code, err } = await runInProcess(aws, ["-stream", "docker-logs", "-follow=false"], env);
  expect([code, err]).toEqual(expected);
});

describe("is refused", () => {
  it.each([
    ["no stream", ["-start", "10:00"], 2, "-stream is required"],
    ["garbage for a time", ["-stream", "docker-logs", "-start", "garbage"], 2, "garbage"],
    ["an end before the start", ["-stream", "docker-logs", "-start", "5m ago", "-end", "10m ago"], 2, "-end"],
    ["both ways to choose shards", ["-stream", "docker-logs", "-shard-id=0", "-shard-key=x", "-follow=false"], 2, "both choose shards"],
    ["a stream that is not there", ["-stream", "nope", "-follow=false"], 1, "there is no stream nope"],
  ])("%s", async (_what, argv, expected, sentence) => {
    const before = aws.journal.length;
    const { code, out, err } = await runInProcess(aws, argv);
    expect([code, out]).toEqual([expected, ""]);
    expect(err).toContain(sentence);
    // What is wrong with the command line is told before AWS is asked.
    expect(aws.journal.length > before).toBe(expected === 1);
  });
});
