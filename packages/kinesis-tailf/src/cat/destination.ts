import { type Context, ToolError } from "@sukima/core";
import { awsConfig } from "@sukima/core/aws-config";
import type { Notice } from "./aws/refusal.ts";
import type { CatOptions } from "./options.ts";
import type { ListShards, SendPort } from "./send/port.ts";
import { tool } from "./tool.ts";

/** What the receiver allows. */
export interface Limits {
  readonly recordBytes: number;
  readonly requestBytes: number;
  readonly requestRecords: number;
}

/** Where records go, and what is known of it. */
export interface Destination {
  readonly port: SendPort;
  readonly list: ListShards;
  readonly limits: Limits;
}

const mib = 1_048_576;

/** Takes everything and sends nothing. */
const dryPort: SendPort = { send: async (batch) => batch.map(({ shard }) => ({ kind: "arrived", shard })) };

const noShards: ListShards = async () => [];

/** Ask what has to be known and make clients. The SDK is loaded here: other failures come without waiting for it. */
export async function openDestination(stream: string, options: CatOptions, notice: Notice, ctx: Context): Promise<Destination> {
  const { region, profile, "endpoint-url": endpoint, "dry-run": isDry } = options;
  const fixed = { ...(region === undefined ? {} : { region }), ...(profile === undefined ? {} : { profile }) };
  const config = { ...awsConfig(ctx, tool, fixed), ...(endpoint === undefined ? {} : { endpoint }) };
  if (options.firehose) {
    const { firehosePort } = await import("./aws/firehose.ts");
    // Source: model texts of PutRecordBatch and of its records.
    const limits = { recordBytes: 1000 * 1024, requestBytes: 4 * mib, requestRecords: 500 };
    return { limits, list: noShards, port: isDry ? dryPort : firehosePort(config, stream, notice) };
  }
  const [{ KinesisClient }, { describe, kinesisPort, shardLister }] = await Promise.all([
    import("@aws-sdk/client-kinesis"),
    import("./aws/kinesis.ts"),
  ]);
  const control = new KinesisClient(config);
  const { recordBytes, picksShards } = await describe(control, stream, notice, ctx.signal);
  if (picksShards && options.aggregate) {
    throw new ToolError("NO_AGGREGATES", `${stream} places records itself (AUTO distribution): consumers would discard packed records`, {
      hint: "leave -aggregate out",
    });
  }
  // The service takes 500 records and 10 MiB; 5 MiB is what it took for years, and what emulators and proxies may still insist on.
  const limits = { recordBytes, requestBytes: (options["big-requests"] ? 10 : 5) * mib, requestRecords: 500 };
  // One attempt a call: the loop's own waits cover throttles and outages.
  const client = new KinesisClient({ ...config, maxAttempts: 1 });
  return { limits, port: isDry ? dryPort : kinesisPort(client, stream, notice), list: shardLister(client, stream, ctx) };
}
