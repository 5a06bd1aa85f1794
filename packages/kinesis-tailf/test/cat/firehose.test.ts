import { CreateDeliveryStreamCommand, FirehoseClient } from "@aws-sdk/client-firehose";
import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cat } from "./support/cat-in-process.ts";

let aws: Rehearsal;
beforeEach(async () => {
  aws = await startRehearsal({ clock: "virtual" });
  const credentials = { accessKeyId: "AKIATEST", secretAccessKey: "secret" };
  const client = new FirehoseClient({ endpoint: aws.url, region: "ap-northeast-1", credentials });
  const destination = { RoleARN: "arn:aws:iam::123456789012:role/firehose", BucketARN: "arn:aws:s3:::logs-bucket" };
  await client.send(new CreateDeliveryStreamCommand({ DeliveryStreamName: "f", ExtendedS3DestinationConfiguration: destination }));
  aws.clock.advance(10_000);
});
afterEach(() => aws.stop());

const delivered = (): string[] => aws.delivered("f").map((data) => Buffer.from(data).toString());
const lines = (count: number): string[] => Array.from({ length: count }, (_, at) => `line ${at}`);

describe("-firehose", () => {
  it("delivers every line once, through partial failures", async () => {
    aws.fault({ service: "firehose", operation: "PutRecordBatch", kind: "partial", share: 0.2, times: 3 });
    expect(await cat(aws, ["-firehose", "-stream=f", "-lf"], { stdin: [lines(1200).join("\n")] })).toMatchObject({ code: 0, err: "" });
    expect(delivered().sort()).toEqual(
      lines(1200)
        .map((line) => `${line}\n`)
        .sort(),
    );
    expect(aws.calls("kinesis:*")).toEqual([]);
  });

  it("keeps to the limits of Firehose: 1,000 KiB a record, whatever its key would be, and 4 MiB a request", async () => {
    const full = "x".repeat(1_024_000);
    const { code, err } = await cat(aws, ["-firehose", "-stream=f", "-skip-oversize"], { stdin: [`${full}\n`.repeat(9), `${full}x\n`] });
    expect([code, err]).toEqual([
      0,
      expect.stringContaining("standard input:10: the record has 1024001 bytes, more than the limit of 1024000"),
    ]);
    expect(delivered().map((text) => text.length)).toEqual(Array.from({ length: 9 }, () => 1_024_000));
  });

  it("falls back to PutRecord where batches are refused, as the original's policies have it", async () => {
    aws.deny("firehose:PutRecordBatch", "*");
    const { code, err } = await cat(aws, ["-firehose", "-stream=f"], { stdin: ["a\nb\n"] });
    expect([code, err]).toEqual([0, expect.stringContaining("firehose:PutRecordBatch was refused: records go one by one")]);
    expect(delivered()).toEqual(["a", "b"]);
  });
});
