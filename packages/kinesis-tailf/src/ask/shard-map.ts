import type { KinesisClient } from "@aws-sdk/client-kinesis";
import { type Context, type Log, ToolError } from "@sukima/core";
import { escapeControls } from "../output/control-characters.ts";
import { distributionText } from "./key-distribution.ts";
import { keyFinder } from "./key-finder.ts";
import type { KnownShard } from "./known-shard.ts";
import { distributionOf } from "../service/record-distribution.ts";
import { type StreamCalls, streamCalls, unlessRefused } from "./stream-calls.ts";
import { type StreamName, titleOf } from "../service/stream-name.ts";

export interface MapSettings {
  /** One object a line in place of `key<TAB>shard`. */
  readonly isJson: boolean;
  readonly log: Log;
}

/**
 * `-shard-map`: print the open shard that each key maps to, in the order of the keys, and on stderr how they are distributed. `keys` is what `readKeys` gives.
 * Throws `ToolError` for a stream that does not go by keys, and where the shards cannot be listed.
 */
export async function shardMap(
  client: KinesisClient,
  stream: StreamName,
  keys: AsyncIterable<readonly string[]>,
  { isJson, log }: MapSettings,
  { out, err, signal }: Context,
): Promise<void> {
  const calls = streamCalls(client, stream, signal);
  await refuseAuto(calls, titleOf(stream), log);
  const open = await openShards(calls, titleOf(stream), log);
  const find = keyFinder(open);
  const counts = new Map<string, number>();
  const line = (key: string): string => {
    const { id } = find(key);
    counts.set(id, (counts.get(id) ?? 0) + 1);
    if (isJson) return `${JSON.stringify({ key, shard: id })}\n`;
    return `${out.isTerminal ? escapeControls(key) : key}\t${id}\n`;
  };
  for await (const some of keys) {
    signal.throwIfAborted();
    out.write(some.map(line).join(""));
  }
  err.write(distributionText(open, counts));
}

async function refuseAuto(calls: StreamCalls, title: string, log: Log): Promise<void> {
  const summary = await unlessRefused(calls.summary());
  const action = "kinesis:DescribeStreamSummary";
  if (summary === undefined)
    log.warn(`${action} was refused: the keys mean something only if the stream goes by them`, { hint: `allow ${action} on ${title}` });
  if (distributionOf(summary) !== "AUTO") return;
  throw new ToolError("NO_KEYS", `${title} places records itself (AUTO distribution): the service ignores the key`, {
    hint: "kinesis-tailf -o json shows the shard of each record that has arrived",
  });
}

async function openShards(calls: StreamCalls, title: string, log: Log): Promise<KnownShard[]> {
  const listed = await unlessRefused(calls.shards("open"));
  if (listed !== undefined) return listed;
  const hint = `allow kinesis:ListShards on ${title}`;
  const described = await unlessRefused(calls.described());
  if (described === undefined) throw new ToolError("ACCESS_DENIED", `kinesis:ListShards on ${title} was refused`, { hint });
  log.warn("kinesis:ListShards is not allowed; using kinesis:DescribeStream", { hint });
  return described.shards.filter(({ isOpen }) => isOpen);
}
