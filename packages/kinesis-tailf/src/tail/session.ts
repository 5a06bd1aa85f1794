import type { Context } from "@sukima/core";
import type { Consumer } from "../efu/consumer.ts";
import { createClient, fanOutTransport } from "../service/client.ts";
import { describeStream } from "../service/describe.ts";
import { fanOut, type PageSource } from "./fan-out.ts";
import { FollowedStream, type Shared } from "./followed-stream.ts";
import { checkIdentity, identified } from "./identity.ts";
import { type FailedShard, tail } from "../loop/loop.ts";
import { checkRecord } from "./known-record.ts";
import { openStream } from "./opening.ts";
import type { TailOptions } from "./options.ts";
import { type Resumption, resume } from "./resumption.ts";
import { selectChildren, selectShards } from "./selection.ts";
import { SignIn } from "../service/sign-in.ts";
import type { StreamFacts } from "./stream-facts.ts";
import { wirePort } from "../wire/wire-port.ts";
import { streamName } from "../service/stream-name.ts";

/** What the sessions of all streams share. */
export interface Surroundings extends Shared {
  readonly localZone: string;
  readonly facts: StreamFacts;
}

/** Longest pause of a shard that others wait for: one that nobody asks cannot say that it is not behind. */
const mergedIdleMs = 500;

/** Read one stream as the options say, to its end. Gives the shards that could not be read to theirs. */
export async function readStream(
  stream: string,
  options: TailOptions,
  shared: Surroundings,
  ctx: Context,
): Promise<readonly FailedShard[]> {
  const { log, facts, merge } = shared;
  const transport = options.efu ? await fanOutTransport(options, ctx) : "none";
  if (options.efu && transport === "none")
    log.warn("-efu needs HTTP/2, which the proxy does not carry; polling instead", {
      hint: "put the endpoint into NO_PROXY if it can be reached without",
    });
  const client = createClient(options, ctx, { attempts: 1, http2: transport === "http2" });
  let consumer: Consumer | undefined;
  let resumption: Resumption | undefined;
  try {
    const opening = await openStream(client, stream, options, shared, ctx);
    const { traits, wanted, listed } = opening;
    facts.listed(stream, listed);
    const chosen = selectShards(listed, wanted.selection);
    await checkRecord(options.from, opening.port, ctx);
    const { book, start, isOver } = (resumption = resume(stream, opening, options, facts, ctx));
    const name = streamName(stream);
    const polling = options.sdk ? opening.port : wirePort(opening.port, client, name, ctx);
    const source: PageSource =
      transport === "none" ? { port: polling } : await fanOut(polling, client, identified(traits, "-efu", stream), options, log, ctx);
    consumer = source.consumer;
    const listener = new FollowedStream(stream, shared, {
      book,
      signIn: new SignIn(ctx.clock, log, () => client.config.credentials({ forceRefresh: true })),
      startMs: wanted.range.startMs ?? 0,
      isThere: () => checkIdentity(stream, traits, () => describeStream(client, name, () => {}, ctx.signal)),
    });
    const settings = {
      range: wanted.range,
      start,
      children(children: typeof listed) {
        facts.listed(stream, children);
        return selectChildren(children, wanted.selection);
      },
      strays: wanted.selection.by !== "id",
      maxTps: options["max-tps"] ?? 2,
      greedy: options.greedy,
      maxRate: options["max-rate"],
      concurrency: options.concurrency ?? 1,
      memory: options.memory,
      holds: merge !== undefined,
      maxIdleMs: merge === undefined ? undefined : mergedIdleMs,
    };
    const failed = await tail(
      source.port,
      chosen.filter((shard) => !isOver(shard)),
      settings,
      listener,
      ctx,
    );
    if (listener.hasLost) await listener.look();
    return failed;
  } finally {
    resumption?.close();
    await consumer?.close();
    client.destroy();
  }
}
