import {
  CreateDeliveryStream$,
  type CreateDeliveryStreamInput,
  type CreateDeliveryStreamOutput,
  type DestinationDescription,
  type ExtendedS3DestinationConfiguration,
  type S3DestinationConfiguration,
} from "@aws-sdk/client-firehose";
import { AwsError } from "../../wire/aws-error.ts";
import type { Decoded } from "../../wire/decoded.ts";
import { defineOperation } from "../../wire/operation.ts";
import { CHANGE_MS, deliveryArn, liveStreams, NAME, TYPE } from "./delivery-stream.ts";

/**
 * Source: the model's texts of the action and its members. Whatever the destination, records end in a list of this world;
 * only S3 destinations are described afterwards, and what they refer to (buckets, roles, streams) need not exist.
 */
export const createDeliveryStream = defineOperation<CreateDeliveryStreamInput, CreateDeliveryStreamOutput>(CreateDeliveryStream$, {
  bounds: { DeliveryStreamName: NAME, DeliveryStreamType: TYPE, Tags: { min: 1, max: 50 } },
  run(input, call) {
    const { DeliveryStreamName: name } = input;
    const arn = deliveryArn(call, name);
    call.authorize(arn);
    const streams = liveStreams(call);
    if (streams.has(name)) {
      throw new AwsError("ResourceInUseException", `Firehose ${name} under accountId ${call.world.account} already exists`);
    }
    const createdAt = call.world.clock.now();
    streams.set(name, {
      name,
      arn,
      type: input.DeliveryStreamType ?? "DirectPut",
      createdAt,
      destination: describeDestination(input),
      activeAt: createdAt.getTime() + CHANGE_MS,
      goneAt: undefined,
      delivered: [],
    });
    return { DeliveryStreamARN: arn };
  },
});

function describeDestination(input: Decoded<CreateDeliveryStreamInput>): DestinationDescription {
  const { ExtendedS3DestinationConfiguration: extended, S3DestinationConfiguration: plain } = input;
  return {
    DestinationId: "destinationId-000000000001",
    ...(plain === undefined ? {} : { S3DestinationDescription: describeBucket(plain) }),
    ...(extended === undefined ? {} : { ExtendedS3DestinationDescription: describeBucket(extended) }),
  };
}

/** The defaults are the model's: 5 MiB or 300 seconds, no compression, no encryption. */
const describeBucket = (bucket: Decoded<S3DestinationConfiguration | ExtendedS3DestinationConfiguration>) => ({
  RoleARN: bucket.RoleARN,
  BucketARN: bucket.BucketARN,
  Prefix: bucket.Prefix,
  BufferingHints: {
    SizeInMBs: bucket.BufferingHints?.SizeInMBs ?? 5,
    IntervalInSeconds: bucket.BufferingHints?.IntervalInSeconds ?? 300,
  },
  CompressionFormat: bucket.CompressionFormat ?? ("UNCOMPRESSED" as const),
  EncryptionConfiguration: { NoEncryptionConfig: "NoEncryption" as const },
});
