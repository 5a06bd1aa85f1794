import { KinesisClient, PutRecordsCommand, SplitShardCommand } from "@aws-sdk/client-kinesis";
import type { Context, Env } from "@sukima/core";
import { awsConfig } from "@sukima/core/aws-config";
import { type TestContext, testContext } from "@sukima/core/testing";
import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { registerConsumer } from "../../../src/efu/register.ts";
import { efuPort, type EfuPort } from "../../../src/efu/efu-port.ts";
import { type RecordBatch, recordsOf } from "../../../src/loop/batch.ts";
import { startAtRoots } from "../../../src/loop/lineage.ts";
import { type FailedShard, tail, type TailListener, type TailSettings } from "../../../src/loop/loop.ts";
import { sdkPort } from "../../../src/service/sdk-port.ts";

type World = NonNullable<NonNullable<Parameters<typeof startRehearsal>[0]>["world"]>;

export const streamArn = "arn:aws:kinesis:ap-northeast-1:123456789012:stream/s";
export const first = "shardId-000000000000";

const silent = { debug() {}, info() {}, warn() {}, error() {} };

export interface FanOut extends AsyncDisposable {
  readonly aws: Rehearsal;
  readonly client: KinesisClient;
  /** A context whose sleeps pass in the world too. */
  context(env?: Env, more?: Partial<Context>): TestContext;
  put(...texts: string[]): Promise<void>;
  split(): Promise<void>;
}

/** A world with one stream, standing still unless somebody sleeps or advances it. */
export async function fanOut(stream: NonNullable<World["streams"]>[string] = { shards: 1 }): Promise<FanOut> {
  const aws = await startRehearsal({ clock: "virtual", world: { streams: { s: stream } } });
  const credentials = { accessKeyId: "AKID", secretAccessKey: "s" };
  const config = awsConfig({ env: aws.env }, { name: "test", version: "0" });
  const client = new KinesisClient({ ...config, endpoint: aws.url, credentials, maxAttempts: 1 });
  return {
    aws,
    client,
    context(env = {}, more = {}) {
      const base = testContext(env, more);
      const sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
        aws.clock.advance(ms);
        await base.clock.sleep(ms, signal);
      };
      return { ...base, clock: { ...base.clock, sleep } };
    },
    async put(...texts) {
      const Records = texts.map((text, at) => ({ Data: Buffer.from(text), PartitionKey: `key-${at}` }));
      await client.send(new PutRecordsCommand({ StreamName: "s", Records }));
    },
    async split() {
      await client.send(new SplitShardCommand({ StreamName: "s", ShardToSplit: first, NewStartingHashKey: String(2n ** 127n) }));
      aws.clock.advance(1000);
    },
    async [Symbol.asyncDispose]() {
      client.destroy();
      await aws.stop();
    },
  };
}

export interface Following {
  readonly printed: readonly string[];
  readonly port: EfuPort;
  readonly ctx: TestContext;
  /** Kinds of trouble that the loop was told of. */
  readonly troubles: readonly string[];
  readonly gaps: readonly string[];
  readonly result: Promise<readonly FailedShard[]>;
  /** Resolves when so many records were printed. */
  until(count: number): Promise<void>;
  /** Resolves when so many events were asked for: all before the last of them are dealt with. */
  untilAsked(count: number): Promise<void>;
  /** Stop it and give back what it ended with. */
  stop(): Promise<unknown>;
}

interface Counter {
  add(more: number): void;
  reached(count: number): Promise<void>;
}

function counter(): Counter {
  let now = 0;
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  return {
    add(more) {
      now += more;
      for (const { count, resolve } of waiting) if (now >= count) resolve();
    },
    reached: (count) =>
      new Promise((resolve) => {
        if (now >= count) resolve();
        waiting.push({ count, resolve });
      }),
  };
}

const settings: TailSettings = {
  range: { startMs: undefined, endMs: undefined },
  children: (all) => all,
  strays: true,
  start: startAtRoots({ at: "horizon" }),
  maxTps: 2,
  greedy: false,
  maxRate: 2 ** 21,
  concurrency: 64,
  memory: 2 ** 27,
  holds: false,
};

/** The stream's tail by enhanced fan-out, with a consumer of the name `test`. */
export async function follow(scene: FanOut, more: Partial<TailSettings> = {}): Promise<Following> {
  const stopping = new AbortController();
  const ctx = scene.context({}, { signal: stopping.signal });
  const consumer = await registerConsumer(scene.client, streamArn, { name: "test", log: silent }, ctx);
  if (!("arn" in consumer)) throw new Error(consumer.reason);
  const base = sdkPort(scene.client, { StreamARN: streamArn }, () => {}, ctx);
  const port = efuPort(base, scene.client, consumer.arn, ctx);
  const asked = counter();
  const watched: EfuPort = {
    ...port,
    records(...call) {
      const page = port.records(...call);
      asked.add(1);
      return page;
    },
  };
  const printed: string[] = [];
  const troubles: string[] = [];
  const gaps: string[] = [];
  const count = counter();
  const listener: TailListener = {
    pastEnd() {},
    records(_shard: string, records: RecordBatch) {
      printed.push(...recordsOf(records).map(({ data }) => String(data)));
      count.add(records.length);
    },
    gap: (shard) => void gaps.push(shard),
    trouble: (_shard, { kind }) => void troubles.push(kind),
    begin() {},
    progress() {},
    stray() {},
    async look() {},
  };
  const listed = await base.list({ kind: "horizon" }, ctx.signal);
  const result = tail(watched, listed, { ...settings, ...more }, listener, ctx);
  const ended = result.catch((error: unknown) => error);
  return {
    printed,
    port,
    ctx,
    troubles,
    gaps,
    result,
    until: (records) => Promise.race([count.reached(records), result.then(() => {})]),
    untilAsked: asked.reached,
    stop() {
      stopping.abort(new Error("seen enough"));
      return ended;
    },
  };
}
