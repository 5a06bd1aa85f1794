import type { KinesisClient } from "@aws-sdk/client-kinesis";
import { type Context, type Log, ToolError, usageError } from "@sukima/core";
import { type OpenCheckpoint, openCheckpoint, positionAfter } from "../checkpoint/open.ts";
import { leftBehind } from "../checkpoint/left-behind.ts";
import { PositionTrack } from "../checkpoint/track.ts";
import type { Consumer } from "../efu/consumer.ts";
import { createClient, fanOutTransport, streamName } from "./client.ts";
import { describeStream, type StreamTraits } from "./describe.ts";
import { FollowedStream, type Shared } from "./followed-stream.ts";
import { type Start, startAtRoots } from "./lineage.ts";
import { type FailedShard, tail } from "./loop.ts";
import type { TailOptions } from "./options.ts";
import { patiently } from "./patience.ts";
import type { StreamPort } from "./port.ts";
import { sdkPort } from "./sdk-port.ts";
import { type Selection, selectChildren, selectShards } from "./selection.ts";
import { SignIn } from "./sign-in.ts";
import type { StreamFacts } from "./stream-facts.ts";
import { type Wanted, wantedOf } from "./wanted.ts";
import { wirePort } from "./wire/wire-port.ts";

/** What the sessions of all streams share. */
export interface Surroundings extends Shared {
  readonly localZone: string;
  readonly facts: StreamFacts;
}

/** Read one stream as the options say, to its end. Gives the shards that could not be read to theirs. */
export async function readStream(
  stream: string,
  options: TailOptions,
  shared: Surroundings,
  ctx: Context,
): Promise<readonly FailedShard[]> {
  const { log } = shared;
  const transport = options.efu ? await fanOutTransport(options, ctx) : "none";
  if (options.efu && transport === "none")
    log.warn("-efu needs HTTP/2, which the proxy does not carry; polling instead", {
      hint: "put the endpoint into NO_PROXY if it can be reached without",
    });
  const client = createClient(options, ctx, { attempts: 1, http2: transport === "http2" });
  const name = streamName(stream);
  const onMissing = (action: string): void =>
    log.warn(`${action} is not allowed; using kinesis:DescribeStream`, { hint: `allow ${action} on the stream` });
  const ask = <T>(action: string, call: () => Promise<T>): Promise<T> => patiently(`kinesis:${action}`, stream, call, ctx);
  let consumer: Consumer | undefined;
  let checkpoint: OpenCheckpoint | undefined;
  try {
    const sdk = sdkPort(client, name, onMissing, ctx);
    const traits = await ask("DescribeStreamSummary", () => describeStream(client, name, onMissing, ctx.signal));
    const wanted = wantedOf(options, await ask("ListShards", () => sdk.serverMs(ctx.signal)), shared.localZone);
    for (const notice of [...wanted.notices, ...noticesOf(wanted, traits, await sdk.serverMs(ctx.signal))]) log.warn(notice);
    checkSelection(wanted.selection, traits, options);
    const listed = await ask("ListShards", () => sdk.list(wanted.filter, ctx.signal));
    const chosen = selectShards(listed, wanted.selection);
    shared.facts.listed(stream, listed);

    if (options.checkpoint !== undefined) checkpoint = openCheckpoint(options.checkpoint, identified(traits, "-checkpoint", stream), ctx);
    const known = options.from === "checkpoint" ? checkpoint?.known : undefined;
    const positions = new Map([...(known?.shards ?? [])].filter(([id]) => listed.some((shard) => shard.id === id)));
    const behind = known === undefined ? new Set<string>() : leftBehind(listed, known);
    shared.facts.resumed(stream, positions);
    const start: Start = (id, isChild) => {
      const position = positions.get(id);
      return position === undefined ? startAtRoots(wanted.roots)(id, isChild) : positionAfter(position);
    };
    const book = checkpoint && {
      keeper: checkpoint.keeper,
      track: new PositionTrack(identified(traits, "-checkpoint", stream), positions),
    };

    let port: StreamPort = options.sdk ? sdk : wirePort(sdk, client, name, ctx);
    if (transport !== "none") ({ port, consumer } = await fanOut(port, client, identified(traits, "-efu", stream), options, log, ctx));
    const listener = new FollowedStream(stream, shared, {
      book,
      signIn: new SignIn(ctx.clock, log, () => client.config.credentials({ forceRefresh: true })),
      startMs: wanted.range.startMs ?? 0,
      isThere: () => checkIdentity(stream, traits, () => describeStream(client, name, () => {}, ctx.signal)),
    });
    const failed = await tail(
      port,
      chosen.filter(({ id }) => positions.get(id)?.state !== "drained" && !behind.has(id)),
      {
        range: wanted.range,
        start,
        children(children) {
          shared.facts.listed(stream, children);
          return selectChildren(children, wanted.selection);
        },
        maxTps: options["max-tps"] ?? 2,
        greedy: options.greedy,
        maxRate: options["max-rate"],
        concurrency: options.concurrency ?? 1,
        memory: options.memory,
        holds: shared.merge !== undefined,
        // A shard that nobody asks cannot say that it is not behind.
        maxIdleMs: shared.merge === undefined ? undefined : mergedIdleMs,
      },
      listener,
      ctx,
    );
    if (listener.hasLost) await listener.look();
    return failed;
  } finally {
    checkpoint?.close();
    await consumer?.close();
    client.destroy();
  }
}

const mergedIdleMs = 500;

/** The port through which a consumer's pages come; the port as it was, with a notice, where there can be no consumer. */
async function fanOut(
  port: StreamPort,
  client: KinesisClient,
  { streamArn }: StreamTraits,
  { consumer: name }: TailOptions,
  log: Log,
  ctx: Context,
): Promise<{ readonly port: StreamPort; readonly consumer: Consumer | undefined }> {
  // Loaded when it is asked for, as few do.
  const { registerConsumer, priceNotice } = await import("../efu/register.ts");
  const { efuPort } = await import("../efu/efu-port.ts");
  const consumer = await registerConsumer(client, streamArn, { name, log }, ctx);
  if ("reason" in consumer) {
    log.warn(`${consumer.reason}; polling instead of -efu`, consumer.hint === undefined ? {} : { hint: consumer.hint });
    return { port, consumer: undefined };
  }
  log.warn(priceNotice);
  return { port: efuPort(port, client, consumer.arn, ctx), consumer };
}

function identified(traits: StreamTraits | undefined, flag: string, stream: string): StreamTraits {
  if (traits !== undefined) return traits;
  throw new ToolError("ACCESS_DENIED", `${flag} needs to know the stream ${stream}, and may not ask`, {
    hint: `allow kinesis:DescribeStreamSummary on ${stream}`,
  });
}

/** A start that the stream no longer reaches back to is read as its oldest record. */
function noticesOf({ range, roots }: Wanted, traits: StreamTraits | undefined, nowMs: number): string[] {
  if (traits === undefined || roots.at !== "time" || range.startMs === undefined) return [];
  const oldestMs = nowMs - traits.retentionMs;
  return range.startMs < oldestMs
    ? [
        `the stream keeps ${traits.retentionMs / 3_600_000} hours; reading from its oldest record, not from ${new Date(range.startMs).toISOString()}`,
      ]
    : [];
}

function checkSelection({ by }: Selection, traits: StreamTraits | undefined, { force }: TailOptions): void {
  if (by !== "key" || traits?.ignoresKeys !== true || force) return;
  throw usageError(
    "AUTO_STREAM",
    "-shard-key finds nothing on this stream: the service spreads its records itself (AUTO) and passes over partition keys",
    "use -key for the records with a key, or -force to read the shard all the same",
  );
}

/** Throws `ToolError` when the stream is gone, or is another one of the same name. Trouble on the way to the answer is none here. */
async function checkIdentity(
  stream: string,
  before: StreamTraits | undefined,
  describe: () => Promise<StreamTraits | undefined>,
): Promise<void> {
  const now = await describe().catch((error: unknown) => {
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause instanceof Error && cause.name === "ResourceNotFoundException")
      throw new ToolError("STREAM_GONE", `the stream ${stream} was deleted`, { cause });
    return undefined;
  });
  if (before !== undefined && now !== undefined && now.createdMs !== before.createdMs)
    throw new ToolError("STREAM_GONE", `the stream ${stream} was deleted, and another one of this name was made`, {
      hint: "start again to read the new one",
    });
}
