import type { KinesisClient } from "@aws-sdk/client-kinesis";
import { type Context, type Log, usageError } from "@sukima/core";
import { beingCreated, explain } from "../aws/call-error.ts";
import { describeStream, type StreamTraits } from "../service/describe.ts";
import type { ListedShard } from "../loop/lineage.ts";
import type { TailOptions } from "./options.ts";
import { printInstant } from "../time/print-instant.ts";
import { patiently } from "../service/patience.ts";
import { type StreamPort, Trouble } from "../loop/port.ts";
import { sdkPort } from "../service/sdk-port.ts";
import { dateGrainMs, type Wanted, wantedOf } from "./wanted.ts";
import { streamName } from "../service/stream-name.ts";

/** A stream as it was found, and what of it is wanted. */
export interface Opening {
  /** Undefined where the caller may not ask. */
  readonly traits: StreamTraits | undefined;
  readonly wanted: Wanted;
  readonly listed: readonly ListedShard[];
  /** The stream through the SDK. */
  readonly port: StreamPort;
}

/** Look at a stream before it is read. Throws usage errors for what cannot be wanted of it, and `ToolError` for what the service refuses. */
export async function openStream(
  client: KinesisClient,
  stream: string,
  options: TailOptions,
  { log, localZone }: { readonly log: Log; readonly localZone: string },
  ctx: Context,
): Promise<Opening> {
  const name = streamName(stream);
  const onMissing = (action: string): void =>
    log.warn(`${action} is not allowed; using kinesis:DescribeStream`, { hint: `allow ${action} on the stream` });
  const ask = <T>(action: string, call: () => Promise<T>): Promise<T> =>
    patiently(call, ctx).catch((error: unknown) => {
      throw error instanceof Trouble ? explain(error.cause, { action: `kinesis:${action}`, target: stream }) : error;
    });
  const port = sdkPort(client, name, onMissing, ctx);
  const traits = await ask("DescribeStreamSummary", () => describeStream(client, name, onMissing, ctx.signal));
  if (traits?.isBeingCreated) throw beingCreated(stream);
  const nowMs = await ask("ListShards", () => port.serverMs(ctx.signal));
  const wanted = wantedOf(options, nowMs, localZone);
  for (const notice of [...wanted.notices, ...beyondRetention(wanted, traits, nowMs)]) log.warn(notice);
  checkStart(wanted, nowMs, options, localZone);
  checkKey(wanted, traits, options);
  return { traits, wanted, port, listed: await ask("ListShards", () => port.list(wanted.filter, ctx.signal)) };
}

const hourMs = 3_600_000;

/** A start that the stream no longer reaches back to is read as its oldest record. */
function beyondRetention({ range: { startMs }, roots }: Wanted, traits: StreamTraits | undefined, nowMs: number): string[] {
  if (traits === undefined || roots.at !== "time" || startMs === undefined || startMs >= nowMs - traits.retentionMs) return [];
  const start = new Date(startMs).toISOString();
  return [`the stream keeps ${traits.retentionMs / hourMs} hours; reading from its oldest record, not from ${start}`];
}

function checkStart({ range: { startMs } }: Wanted, nowMs: number, { start, tz }: TailOptions, localZone: string): void {
  if (start === undefined || startMs === undefined || startMs < nowMs + dateGrainMs) return;
  const print = (ms: number): string => printInstant(new Date(ms), tz ?? localZone);
  throw usageError(
    "FUTURE_START",
    `-start ${JSON.stringify(start)} is in the future: ${print(startMs)} (now ${print(nowMs)})`,
    "leave -start out to read what comes from now on",
  );
}

function checkKey({ selection }: Wanted, traits: StreamTraits | undefined, { force }: TailOptions): void {
  if (selection.by !== "key" || traits?.ignoresKeys !== true || force) return;
  throw usageError(
    "AUTO_STREAM",
    "-shard-key finds nothing on this stream: the service spreads its records itself (AUTO) and passes over partition keys",
    "use -key for the records with a key, or -force to read the shard all the same",
  );
}
