import {
  CreateDeliveryStreamCommand,
  DeleteDeliveryStreamCommand,
  DescribeDeliveryStreamCommand,
  ListDeliveryStreamsCommand,
  PutRecordBatchCommand,
  PutRecordCommand,
} from "@aws-sdk/client-firehose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Rehearsal, startRehearsal } from "../src/index.ts";
import { clientsOf, refusal } from "./clients.ts";
import { text } from "./stream-calls.ts";

let aws: Rehearsal;
let firehose: ReturnType<typeof clientsOf>["firehose"];

const name = { DeliveryStreamName: "logs" };
const bucket = { RoleARN: "arn:aws:iam::123456789012:role/firehose", BucketARN: "arn:aws:s3:::logs-bucket" };
const create = () => firehose.send(new CreateDeliveryStreamCommand({ ...name, ExtendedS3DestinationConfiguration: bucket }));
const describeIt = async () => (await firehose.send(new DescribeDeliveryStreamCommand(name))).DeliveryStreamDescription;
const batch = (count: number, bytes = 1) =>
  firehose.send(new PutRecordBatchCommand({ ...name, Records: Array.from({ length: count }, () => ({ Data: Buffer.alloc(bytes) })) }));

beforeEach(async () => {
  aws = await startRehearsal({ clock: "virtual" });
  ({ firehose } = clientsOf(aws));
  await create();
  aws.clock.advance(500);
});

afterEach(() => aws.stop());

it("describes a stream from its creation to its end", async () => {
  expect((await refusal(create())).name).toBe("ResourceInUseException");
  expect(await describeIt()).toMatchObject({
    DeliveryStreamARN: "arn:aws:firehose:ap-northeast-1:123456789012:deliverystream/logs",
    DeliveryStreamStatus: "ACTIVE",
    DeliveryStreamType: "DirectPut",
    Destinations: [{ ExtendedS3DestinationDescription: { ...bucket, CompressionFormat: "UNCOMPRESSED" } }],
  });
  expect((await firehose.send(new ListDeliveryStreamsCommand({}))).DeliveryStreamNames).toEqual(["logs"]);
  await firehose.send(new DeleteDeliveryStreamCommand(name));
  expect((await describeIt())?.DeliveryStreamStatus).toBe("DELETING");
  aws.clock.advance(500);
  expect((await refusal(describeIt())).message).toBe("Firehose logs under accountId 123456789012 not found.");
});

it("delivers records in order, for tests and for the state to show", async () => {
  await firehose.send(new PutRecordCommand({ ...name, Record: { Data: Buffer.from("one\n") } }));
  const Records = [{ Data: Buffer.from("two\n") }, { Data: Buffer.from([0xff]) }];
  const { FailedPutCount, RequestResponses } = await firehose.send(new PutRecordBatchCommand({ ...name, Records }));
  expect([FailedPutCount, new Set(RequestResponses?.map(({ RecordId }) => RecordId)).size]).toEqual([0, 2]);
  expect(aws.delivered("logs").slice(0, 2).map(text)).toEqual(["one\n", "two\n"]);
  expect(JSON.stringify(aws.state())).toContain('"dataBase64":"/w=="');
});

describe("a batch", () => {
  it("holds 500 records, 4 MiB, and 1,000 KiB a record", async () => {
    expect((await batch(500)).FailedPutCount).toBe(0);
    expect((await refusal(batch(501))).name).toBe("ValidationException");
    expect((await batch(4, 1_024_000)).FailedPutCount).toBe(0);
    expect((await refusal(batch(5, 1_024_000))).name).toBe("InvalidArgumentException");
    expect((await refusal(batch(1, 1_024_001))).message).toContain("less than or equal to 1024000");
  });

  it("fails in part by a fault, and the rest is delivered", async () => {
    aws.fault({ service: "firehose", kind: "partial", share: 0.25, times: 1 });
    const { FailedPutCount, RequestResponses } = await batch(8);
    expect([FailedPutCount, aws.delivered("logs").length]).toEqual([2, 6]);
    expect(RequestResponses?.filter(({ ErrorCode }) => ErrorCode === "ServiceUnavailableException")).toHaveLength(2);
  });

  it("is throttled as unavailable", async () => {
    aws.fault({ service: "firehose", kind: "throttle", times: 1 });
    expect((await refusal(batch(1))).name).toBe("ServiceUnavailableException");
  });
});
