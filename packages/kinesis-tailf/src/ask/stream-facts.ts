import type { Consumer, KinesisClient, StreamDescriptionSummary } from "@aws-sdk/client-kinesis";
import { ToolError } from "@sukima/core";
import type { KnownShard } from "./known-shard.ts";
import { streamCalls, unlessRefused } from "./stream-calls.ts";
import { arnOf, type StreamName, titleOf } from "../service/stream-name.ts";

/** What is known of a stream. A part is undefined where its action was refused, or where the stream's status does not let it be asked for. */
export interface StreamFacts {
  readonly title: string;
  /** DescribeStream, which stands in for a refused DescribeStreamSummary, knows less. */
  readonly settings: Partial<StreamDescriptionSummary> | undefined;
  readonly consumers: readonly Consumer[] | undefined;
  readonly shards: readonly KnownShard[] | undefined;
  /** The actions that were refused, such as `kinesis:ListShards`. */
  readonly refused: readonly string[];
}

const actions = { settings: "kinesis:DescribeStreamSummary", shards: "kinesis:ListShards", consumers: "kinesis:ListStreamConsumers" };

/** Ask for all parts. Throws `ToolError` ACCESS_DENIED when each was refused, and for what is wrong with the stream or the connection. */
export async function gatherFacts(client: KinesisClient, stream: StreamName, signal: AbortSignal): Promise<StreamFacts> {
  const calls = streamCalls(client, stream, signal);
  const title = titleOf(stream);
  const summary = await unlessRefused(calls.summary());
  // A stream that is being made or deleted has a summary and nothing else to ask for.
  const status = summary?.StreamStatus;
  if (status === "CREATING" || status === "DELETING")
    return { title, settings: summary, consumers: undefined, shards: undefined, refused: [] };
  const listed = await unlessRefused(calls.shards("all"));
  const described = summary === undefined || listed === undefined ? await unlessRefused(calls.described()) : undefined;
  const settings = summary ?? described?.settings;
  const shards = listed ?? described?.shards;
  const arn = settings?.StreamARN ?? arnOf(stream).StreamARN;
  const consumers = arn === undefined ? undefined : await unlessRefused(calls.consumers(arn));
  if (settings === undefined && shards === undefined && consumers === undefined) {
    throw new ToolError("ACCESS_DENIED", `every question about ${title} was refused`, {
      hint: `allow ${Object.values(actions).join(", ")} on ${title}`,
    });
  }
  const refused = [
    ...(summary === undefined ? [actions.settings] : []),
    ...(listed === undefined ? [actions.shards] : []),
    ...(arn !== undefined && consumers === undefined ? [actions.consumers] : []),
  ];
  return { title, settings, consumers, shards, refused };
}
