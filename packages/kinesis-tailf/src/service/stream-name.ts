/** How a stream is named in calls. */
export type StreamName = { readonly StreamARN: string } | { readonly StreamName: string };

export const streamName = (stream: string): StreamName => (stream.startsWith("arn:") ? { StreamARN: stream } : { StreamName: stream });

/** The stream as messages name it. */
export const titleOf = (stream: StreamName): string => ("StreamARN" in stream ? stream.StreamARN : stream.StreamName);

/** What calls that go by an iterator are told of the stream: its ARN, where that is how it is named. */
export const arnOf = (stream: StreamName): { readonly StreamARN?: string } => ("StreamARN" in stream ? stream : {});
