import { createReadStream } from "node:fs";
import { fileURLToPath } from "node:url";
import { KinesisClient } from "@aws-sdk/client-kinesis";
import { type Context, createLog, type Log, ToolError, usageError } from "@sukima/core";
import { awsConfig } from "@sukima/core/aws-config";
import { backoffMs } from "../aws/backoff.ts";
import { explain, isUnsigned } from "../aws/call-error.ts";
import { readDump } from "../output/read-dump.ts";
import type { StreamRecord } from "../record.ts";
import { tool } from "../tool.ts";
import { recordsOf } from "./batch.ts";
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

/** options -> client -> shards -> the loop -> stdout. Gives 0 when the range, `-n` or a time is complete. Throws `ToolError` INCOMPLETE, exit 10, when a shard could not be read to its end. */
export async function runTail(options: TailOptions, ctx: Context, writer: ByteWriter, localZone: string): Promise<number> {
  const { stream, timeout, "idle-timeout": idleTimeout } = options;
  if (!stream) throw usageError("NO_STREAM", "-stream is required", "name it: kinesis-tailf -stream docker-logs");
  const log = createLog(ctx.err, ctx.clock, {
    tool: tool.name,
    level: options["log-level"] ?? "warn",
    format: options["log-format"] ?? "text",
  });
  const pipeline = createPipeline(options, { isTerminal: ctx.out.isTerminal, zone: options.tz ?? localZone, env: ctx.env });
  const enough = new AbortController();
  const stop = (): void => enough.abort(new Enough());
  const total = countdown(ctx, timeout, stop);
  const idle = countdown(ctx, idleTimeout, stop);
  const print = async (records: readonly StreamRecord[]): Promise<void> => {
    const bytes = pipeline.print(records);
    if (bytes === undefined) return;
    idle.restart();
    await writer.write(bytes);
    if (pipeline.isFull) stop();
  };
  const inner = { ...ctx, signal: AbortSignal.any([ctx.signal, enough.signal]) };
  try {
    if (stream.startsWith("file://")) await replay(fileURLToPath(stream), print, inner.signal);
    else await follow(options, stream, inner, { print, log, localZone });
  } catch (error) {
    if (!(error instanceof Enough)) throw error instanceof Trouble ? unusable(stream, error) : error;
  } finally {
    total.end();
    idle.end();
    log.info("read", pipeline.counts);
  }
  return 0;
}

/** Calls `due` after `ms` milliseconds, counted from the last `restart`; never for undefined. */
function countdown({ clock }: Context, ms: number | undefined, due: () => void): { restart(): void; end(): void } {
  const begin = (): (() => void) => (ms === undefined ? () => {} : clock.after(ms, due));
  let end = begin();
  return {
    restart() {
      end();
      end = begin();
    },
    end: () => end(),
  };
}

/** Local mode: the records of a saved `-o json` output go through the same filters and forms. */
async function replay(path: string, print: (records: readonly StreamRecord[]) => Promise<void>, signal: AbortSignal): Promise<void> {
  for await (const record of readDump(createReadStream(path), path)) {
    signal.throwIfAborted();
    await print([record]);
  }
}

function createClient(options: TailOptions, ctx: Context): KinesisClient {
  const { region, profile, "endpoint-url": endpoint } = options;
  const fixed = { ...(region === undefined ? {} : { region }), ...(profile === undefined ? {} : { profile }) };
  // One attempt a call: the loop's own waits cover throttles and outages, and it alone knows what may be asked again.
  return new KinesisClient({ ...awsConfig(ctx, tool, fixed), maxAttempts: 1, ...(endpoint === undefined ? {} : { endpoint }) });
}

const unusable = (stream: string, { cause }: Trouble): unknown => explain(cause, { action: "kinesis:ListShards", target: stream });

/** Tries of a listing before the loop runs, which has a patience of its own. */
const listTries = 5;

const mayPass = ({ kind, cause }: Trouble): boolean =>
  kind === "throttled" || (kind === "transient" && cause instanceof Error && !isUnsigned(cause));

/** What a listing gives, asked again while its trouble may pass. */
async function patiently<T>(listing: () => Promise<T>, { clock, random, signal }: Context): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await listing();
    } catch (error) {
      if (!(error instanceof Trouble) || !mayPass(error) || tries === listTries) throw error;
      await clock.sleep(backoffMs(tries, 1000, random()), signal);
    }
  }
}

interface Surroundings {
  readonly print: (records: readonly StreamRecord[]) => Promise<void>;
  readonly log: Log;
  readonly localZone: string;
}

async function follow(options: TailOptions, stream: string, ctx: Context, { print, log, localZone }: Surroundings): Promise<void> {
  const client = createClient(options, ctx);
  try {
    const port = sdkPort(client, streamName(stream), (action) =>
      log.warn(`${action} is not allowed; using kinesis:DescribeStream`, { hint: `allow ${action} on the stream` }),
    );
    const wanted = wantedOf(options, await patiently(() => port.serverMs(ctx.signal), ctx), localZone);
    for (const notice of wanted.notices) log.warn(notice);
    const listed = selectShards(await patiently(() => port.list(wanted.filter, ctx.signal), ctx), wanted.selection);
    const listener: TailListener = {
      records: (shard, fetched) => print(recordsOf(fetched).map((one) => ({ ...one, stream, shard, sub: null, explicitHashKey: null }))),
      gap: (shard) => log.warn("records were lost to retention before they could be read", { shard }),
      stray: (shard) => log.warn("an open shard had not been told of; it is read from now on", { shard }),
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
    if (failed.length > 0) throw new ToolError("INCOMPLETE", `not read to the end: ${failed.join(", ")}`, { exit: incomplete });
  } finally {
    client.destroy();
  }
}
