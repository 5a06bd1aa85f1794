import { hostname } from "node:os";
import type { KinesisClient } from "@aws-sdk/client-kinesis";
import { type Context, isToolError, type Log, ToolError } from "@sukima/core";
import { explain } from "../aws/call-error.ts";
import { processTable } from "../checkpoint/process-table.ts";
import { Trouble } from "../loop/port.ts";
import { type Consumer, full, type Unavailable, untilActive } from "./consumer.ts";
import { consumerPort, type ConsumerPort } from "./consumer-port.ts";
import { deregisterLeftOvers } from "./left-over.ts";
import { noteFiles, noteFolder } from "./note-files.ts";
import { registerOwn } from "./own-consumer.ts";
import { patiently } from "../service/patience.ts";

/** What is to be said once when a consumer is registered. */
export const priceNotice =
  "enhanced fan-out costs extra: AWS charges for the data that it delivers and, unless the stream is on-demand, for every hour of every shard";

/**
 * Get a consumer of the stream: the one of this name, which is registered if need be and never deregistered, or without a name one of this process's own.
 * Before, consumers that crashed runs left behind are deregistered. The client makes one attempt a call.
 * Throws `ToolError` NO_CONSUMER for what may be otherwise next time, and what polling would fail of too.
 */
export async function registerConsumer(
  client: KinesisClient,
  streamArn: string,
  { name, log }: { readonly name: string | undefined; readonly log: Log },
  ctx: Context,
): Promise<Consumer | Unavailable> {
  const port = consumerPort(client, streamArn);
  const host = hostname();
  const processes = processTable(ctx.host.pid, ctx.host.platform);
  const notes = noteFiles(noteFolder(ctx.env), log);
  const { pid } = processes;
  try {
    await deregisterLeftOvers(port, streamArn, { notes, host, processes }, log, ctx);
    if (name !== undefined) return await useNamed(port, streamArn, name, ctx);
    return await registerOwn(port, { streamArn, host, pid, started: processes.startOf(pid) ?? "" }, { notes, log }, ctx);
  } catch (error) {
    if (isToolError(error) && error.code === "ACCESS_DENIED") return { reason: error.message, hint: error.hint };
    if (!(error instanceof Trouble)) throw error;
    if (error.kind === "unsigned") throw explain(error.cause, { action: "kinesis:RegisterStreamConsumer", target: streamArn });
    throw new ToolError("NO_CONSUMER", `no consumer could be registered with ${streamArn}: ${error.message}`, { cause: error });
  }
}

async function useNamed(port: ConsumerPort, streamArn: string, name: string, ctx: Context): Promise<Consumer | Unavailable> {
  const found = await patiently(() => port.describe(name, ctx.signal), ctx);
  if (found === undefined && (await patiently(() => port.register(name, ctx.signal), ctx)) === "full") return full(streamArn);
  return { arn: await untilActive(port, name, ctx), async close() {} };
}
