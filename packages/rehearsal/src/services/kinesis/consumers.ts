import type { Consumer as ConsumerAnswer } from "@aws-sdk/client-kinesis";
import { AwsError } from "../../wire/aws-error.ts";
import type { Call } from "../../wire/call.ts";
import { findStream } from "./find-stream.ts";
import { invalidArgument } from "./kinesis-errors.ts";
import type { Consumer, Stream } from "./stream-store.ts";

/** How requests name a consumer: by its ARN, or by its stream's ARN and its name. */
interface ConsumerReference {
  readonly StreamARN?: string | undefined;
  readonly ConsumerName?: string | undefined;
  readonly ConsumerARN?: string | undefined;
}

/** The consumer that a request names, with its stream; the caller is asked for permission on the stream. */
export function findConsumer(call: Call, reference: ConsumerReference): { stream: Stream; consumer: Consumer } {
  const { ConsumerARN: arn, ConsumerName: name, StreamARN: streamArn = arn?.replace(/\/consumer\/.*$/, "") } = reference;
  if (streamArn === undefined || (arn ?? name) === undefined) {
    throw invalidArgument("Either ConsumerARN, or both StreamARN and ConsumerName must be given.");
  }
  const stream = findStream(call, { StreamARN: streamArn });
  const consumer = [...stream.consumers.values()].find(
    (candidate) => (arn === undefined || candidate.arn === arn) && (name === undefined || candidate.name === name),
  );
  if (consumer === undefined) {
    throw new AwsError(
      "ResourceNotFoundException",
      `Consumer ${arn ?? name}, Stream ${stream.name} under account ${call.world.account} not found.`,
    );
  }
  return { stream, consumer };
}

export const describeConsumer = ({ name, arn, status, createdAt }: Consumer): ConsumerAnswer => ({
  ConsumerName: name,
  ConsumerARN: arn,
  ConsumerStatus: status,
  ConsumerCreationTimestamp: createdAt,
});
