import { DescribeDeliveryStream$, type DescribeDeliveryStreamInput, type DescribeDeliveryStreamOutput } from "@aws-sdk/client-firehose";
import { defineOperation } from "../../wire/operation.ts";
import { findDeliveryStream, NAME, statusOf } from "./delivery-stream.ts";

/** Source: the model's texts of the action and its members. A stream has one destination. */
export const describeDeliveryStream = defineOperation<DescribeDeliveryStreamInput, DescribeDeliveryStreamOutput>(DescribeDeliveryStream$, {
  bounds: {
    DeliveryStreamName: NAME,
    Limit: { min: 1, max: 10_000 },
    ExclusiveStartDestinationId: { min: 1, max: 100, pattern: "[a-zA-Z0-9-]+" },
  },
  run(input, call) {
    const stream = findDeliveryStream(call, input.DeliveryStreamName);
    return {
      DeliveryStreamDescription: {
        DeliveryStreamName: stream.name,
        DeliveryStreamARN: stream.arn,
        DeliveryStreamStatus: statusOf(stream, call.world.clock.now()),
        DeliveryStreamEncryptionConfiguration: { Status: "DISABLED" },
        DeliveryStreamType: stream.type,
        VersionId: "1",
        CreateTimestamp: stream.createdAt,
        Destinations: [stream.destination],
        HasMoreDestinations: false,
      },
    };
  },
});
