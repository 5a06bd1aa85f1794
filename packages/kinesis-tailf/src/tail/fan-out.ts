import type { KinesisClient } from "@aws-sdk/client-kinesis";
import type { Context, Log } from "@sukima/core";
import type { Consumer } from "../efu/consumer.ts";
import type { StreamTraits } from "../service/describe.ts";
import type { TailOptions } from "./options.ts";
import type { StreamPort } from "../loop/port.ts";

/** Where pages come from, and the consumer to be closed in the end. */
export interface PageSource {
  readonly port: StreamPort;
  readonly consumer?: Consumer;
}

/** The port through which a consumer's pages come; the port as it was, with a notice, where there can be no consumer. */
export async function fanOut(
  port: StreamPort,
  client: KinesisClient,
  { streamArn }: StreamTraits,
  { consumer: name }: TailOptions,
  log: Log,
  ctx: Context,
): Promise<PageSource> {
  // Loaded when it is asked for, as few do.
  const { registerConsumer, priceNotice } = await import("../efu/register.ts");
  const { efuPort } = await import("../efu/efu-port.ts");
  const consumer = await registerConsumer(client, streamArn, { name, log }, ctx);
  if ("reason" in consumer) {
    log.warn(`${consumer.reason}; polling instead of -efu`, consumer.hint === undefined ? {} : { hint: consumer.hint });
    return { port };
  }
  log.warn(priceNotice);
  return { port: efuPort(port, client, consumer.arn, ctx), consumer };
}
