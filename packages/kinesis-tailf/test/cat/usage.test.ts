import { CreateStreamCommand } from "@aws-sdk/client-kinesis";
import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cat, fileOf } from "./support/cat-in-process.ts";
import { kinesisOf, textsOf } from "./support/stream-content.ts";

let aws: Rehearsal;
beforeEach(async () => {
  aws = await startRehearsal({ clock: "virtual", world: { streams: { s: { shards: 2 } } } });
});
afterEach(() => aws.stop());

describe("usage", () => {
  it.each([
    [[], "-stream is required"],
    [["-stream=s", "-firehose", "-aggregate"], "-aggregate cannot be used with -firehose"],
    [["-stream=s", "-firehose", "-ordered"], "-ordered cannot be used with -firehose"],
    [["-stream=s", "-whole", "-delimiter=;"], "only one of -delimiter, -length-prefix and -whole"],
    [["-stream=s", "-key-random", "-partition-key=k"], "only one of -partition-key, -key-from and -key-random"],
    [["-stream=s", "-delimiter=\\q"], "-delimiter: unknown escape \\q"],
    [["-stream=s", "-key-from=/(/"], "-key-from: Invalid regular expression"],
    [["-stream=s", "-rate=0"], "-rate: expected auto or records a second"],
    [["-stream=s", `-partition-key=${"k".repeat(257)}`], "-partition-key has 257 characters; 256 are allowed"],
    [["-steam=s"], "did you mean -stream"],
    [["-stream=arn:aws:kinesis:eu-west-1:123456789012:s"], "-stream: arn:aws:kinesis:eu-west-1:123456789012:s is no ARN of a stream"],
  ])("refuses %j with exit 2, before any call", async (argv, message) => {
    expect(await cat(aws, argv, { stdin: ["a"] })).toMatchObject({ code: 2, err: expect.stringContaining(message) });
    expect(aws.journal).toEqual([]);
  });

  it("reads its twins from the environment", async () => {
    await cat(aws, [], { stdin: ["a"], env: { KINESIS_CAT_STREAM: "s", KINESIS_CAT_LF: "true" } });
    expect(await textsOf(aws, "s")).toEqual(["a\n"]);
  });

  it("names a stream that does not exist", async () => {
    const { code, err } = await cat(aws, ["-stream=nope"], { stdin: ["a"] });
    expect([code, err]).toEqual([1, expect.stringContaining("there is no stream nope in this region and account")]);
  });

  it.each([[[]], [["DescribeStreamSummary"]]])("says that a stream is being created, without %j too", async (denied) => {
    for (const action of denied) aws.deny(`kinesis:${action}`, "*");
    await kinesisOf(aws).send(new CreateStreamCommand({ StreamName: "new", ShardCount: 1 }));
    const { code, err } = await cat(aws, ["-stream=new"], { stdin: ["a"] });
    expect([code, err]).toEqual([
      1,
      expect.stringContaining("error: the stream new is being created\nkinesis-cat: hint: try again in a moment\n"),
    ]);
  });

  it.each([
    [{ AWS_REGION: "" }, [2, expect.stringContaining("no AWS region")]],
    [
      { AWS_ENDPOINT_URL: "http://127.0.0.1:9" },
      [1, expect.stringContaining("kinesis:DescribeStreamSummary failed: connect ECONNREFUSED")],
    ],
  ])("says with %j what is wrong", async (env, expected) => {
    const { code, err } = await cat(aws, ["-stream=s"], { stdin: ["a"], env });
    expect([code, err]).toEqual(expected);
  });

  it("says with -dry-run what would be sent, and sends nothing", async () => {
    const file = fileOf("a\n".repeat(1200));
    expect(await cat(aws, ["-stream=s", "-dry-run", file], { clock: "real" })).toEqual({
      code: 0,
      out: "would send 1200 records, 1200 bytes, in 3 requests to s\n",
      err: "",
    });
    expect(aws.calls("kinesis:PutRecords")).toEqual([]);
  });

  it("says with -progress how far it came", async () => {
    const { err } = await cat(aws, ["-stream=s", "-progress"], { stdin: ["a\nb\n"] });
    expect(err).toBe("kinesis-cat: 2 records, 2 bytes, 1 request\n");
  });
});

describe("permissions", () => {
  it.each([
    [[], ["DescribeStreamSummary", "PutRecords"]],
    [["-ordered"], ["DescribeStreamSummary", "PutRecords"]],
    [["-aggregate"], ["DescribeStreamSummary", "ListShards", "PutRecords"]],
  ])("asks with %j for no more than %j", async (flags, operations) => {
    await cat(aws, ["-stream=s", ...flags], { stdin: ["a\nb\nc\nd\n"] });
    expect([...new Set(aws.journal.map(({ operation }) => operation))].sort()).toEqual(operations);
  });

  it("needs no more than the original: PutRecord alone", async () => {
    for (const action of ["PutRecords", "DescribeStreamSummary"]) aws.deny(`kinesis:${action}`, "*");
    const { code, err } = await cat(aws, ["-stream=s"], { stdin: ["a\nb\nc\n"] });
    expect(code).toBe(0);
    expect(err.split("\n").filter((line) => line.includes("was refused"))).toEqual([
      "kinesis-cat: warning: kinesis:DescribeStreamSummary was refused: records may have 1 MiB",
      "kinesis-cat: warning: kinesis:PutRecords was refused: records go one by one with kinesis:PutRecord, which is slower",
    ]);
    expect(await textsOf(aws, "s")).toEqual(["a", "b", "c"]);
  });

  it("names the missing one when nothing is allowed", async () => {
    for (const action of ["PutRecords", "PutRecord"]) aws.deny(`kinesis:${action}`, "*");
    const { code, err } = await cat(aws, ["-stream=s"], { stdin: ["a\n"] });
    expect([code, err]).toEqual([
      1,
      expect.stringContaining("kinesis:PutRecord on s was refused\nkinesis-cat: hint: allow kinesis:PutRecord on s"),
    ]);
  });
});
