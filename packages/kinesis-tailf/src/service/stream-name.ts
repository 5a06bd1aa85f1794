import { usageError } from "@sukima/core";

/** How a stream is named in calls. */
export type StreamName = { readonly StreamARN: string } | { readonly StreamName: string };

export const streamName = (stream: string): StreamName => (stream.startsWith("arn:") ? { StreamARN: stream } : { StreamName: stream });

/** Source: pattern of StreamARN in the API reference, with a region and a name of letters that these have. */
const streamArn = /^arn:aws[a-z-]*:kinesis:[a-z0-9-]+:\d{12}:stream\/[\w.-]+$/;

/** Throws a usage error for what begins as an ARN and is none of a stream. */
export function checkStreamName(stream: string): void {
  if (!stream.startsWith("arn:") || streamArn.test(stream)) return;
  throw usageError("BAD_ARN", `-stream: ${stream} is no ARN of a stream`, "expected arn:aws:kinesis:REGION:ACCOUNT:stream/NAME");
}

/** The stream as messages name it. */
export const titleOf = (stream: StreamName): string => ("StreamARN" in stream ? stream.StreamARN : stream.StreamName);

/** What calls that go by an iterator are told of the stream: its ARN, where that is how it is named. */
export const arnOf = (stream: StreamName): { readonly StreamARN?: string } => ("StreamARN" in stream ? stream : {});
