import { KinesisClient } from "@aws-sdk/client-kinesis";
import { type Context, createLog, type Log, ToolError, usageError } from "@sukima/core";
import { awsConfig } from "@sukima/core/aws-config";
import { tool } from "../tool.ts";
import type { ByteWriter } from "./byte-writer.ts";
import type { ListedShard } from "./lineage.ts";
import { tail, type TailListener } from "./loop.ts";
import type { TailOptions } from "./options.ts";
import { Trouble } from "./port.ts";
import { sdkPort, type StreamName } from "./sdk-port.ts";
import { selectChildren, selectShards } from "./selection.ts";
import { createPipeline } from "./pipeline.ts";
import { wantedOf } from "./wanted.ts";

/** Exit code of a range of which some shard could not be read to its end. */
const incomplete = 10;

/** The run has what it was asked for: `-n` records, or its time is over. */
class Enough extends Error {}

const streamName = (stream: string): StreamName => (stream.startsWith("arn:") ? { StreamARN: stream } : { StreamName: stream });

/** options -> client -> shards -> the loop -> stdout. Gives 0 when the range, `-n` or the time is complete, 10 when a shard could not be read to its end. */
export async function runTail(options: TailOptions, ctx: Context, writer: ByteWriter, localZone: string): Promise<number> {
  const { stream } = options;
  if (!stream) throw usageError("NO_STREAM", "-stream is required", "name it: kinesis-tailf -stream docker-logs");
  const log = createLog(ctx.err, ctx.clock, {
    tool: tool.name,
    level: options["log-level"] ?? "warn",
    format: options["log-format"] ?? "text",
  });
  const enough = new AbortController();
  const signal = AbortSignal.any([ctx.signal, enough.signal]);
  const cancel = options.timeout === undefined ? () => {} : ctx.clock.after(options.timeout, () => enough.abort(new Enough()));
  const client = createClient(options, ctx);
  try {
    return await follow(
      options,
      streamName(stream),
      client,
      { ...ctx, signal },
      { writer, log, localZone, enough: () => enough.abort(new Enough()) },
    );
  } catch (error) {
    if (error instanceof Enough) return 0;
    throw error instanceof Trouble ? unusable(stream, error) : error;
  } finally {
    cancel();
    client.destroy();
  }
}

function createClient(options: TailOptions, ctx: Context): KinesisClient {
  const { region, profile, "endpoint-url": endpoint } = options;
  const fixed = { ...(region === undefined ? {} : { region }), ...(profile === undefined ? {} : { profile }) };
  // One attempt a call: the loop's own waits cover throttles and outages, and it alone knows what may be asked again.
  return new KinesisClient({ ...awsConfig(ctx, tool, fixed), maxAttempts: 1, ...(endpoint === undefined ? {} : { endpoint }) });
}

const unusable = (stream: string, trouble: Trouble): ToolError =>
  trouble.kind === "gone"
    ? new ToolError("NO_STREAM", `there is no stream ${stream} in this region and account`, {
        hint: "check the name with: aws kinesis list-streams",
        cause: trouble,
      })
    : new ToolError("UNUSABLE_STREAM", `the shards of ${stream} cannot be listed (${trouble.message})`, { cause: trouble });

interface Surroundings {
  readonly writer: ByteWriter;
  readonly log: Log;
  readonly localZone: string;
  readonly enough: () => void;
}

async function follow(options: TailOptions, name: StreamName, client: KinesisClient, ctx: Context, around: Surroundings): Promise<number> {
  const { writer, log, localZone, enough } = around;
  const port = sdkPort(client, name);
  const wanted = wantedOf(options, await port.serverMs(ctx.signal), localZone);
  for (const notice of wanted.notices) log.warn(notice);
  const listed = selectShards(await port.list(wanted.filter, ctx.signal), wanted.selection);
  const pipeline = createPipeline(options, { isTerminal: ctx.out.isTerminal, zone: options.tz ?? localZone, env: ctx.env });
  const stream = options.stream ?? "";
  const listener: TailListener = {
    async records(shard, fetched) {
      const bytes = pipeline.print(fetched.map((one) => ({ ...one, stream, shard, sub: null, explicitHashKey: null })));
      if (bytes !== undefined) await writer.write(bytes);
      if (pipeline.isFull) enough();
    },
    gap: (shard) => log.warn("records were lost to retention before they could be read", { shard }),
    trouble: (shard, trouble) => log.info(trouble.message, { shard, kind: trouble.kind }),
  };
  const settings = {
    range: wanted.range,
    roots: wanted.roots,
    children: (children: readonly ListedShard[]) => selectChildren(children, wanted.selection),
    maxTps: options["max-tps"] ?? 2,
    maxRate: options["max-rate"],
    concurrency: options.concurrency ?? 1,
    limit: 10_000,
  };
  const { failed } = await tail(port, listed, settings, listener, ctx);
  log.info("read", pipeline.counts);
  if (failed.length === 0) return 0;
  throw new ToolError("INCOMPLETE", `not read to the end: ${failed.join(", ")}`, { exit: incomplete });
}
