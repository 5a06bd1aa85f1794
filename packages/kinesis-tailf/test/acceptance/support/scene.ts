import type { KinesisClient } from "@aws-sdk/client-kinesis";
import type { Env } from "@sukima/core";
import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { kinesisOf } from "../../cat/support/stream-content.ts";
import { runInProcess, type TailReader, type TailRun } from "../../support/tail-in-process.ts";

type World = NonNullable<NonNullable<Parameters<typeof startRehearsal>[0]>["world"]>;
export type StreamSeed = NonNullable<World["streams"]>[string];

/** A world with streams. Its clock stands still unless the tail sleeps. */
export interface Scene extends AsyncDisposable {
  readonly aws: Rehearsal;
  readonly client: KinesisClient;
  run(argv: readonly string[], more?: TailReader & { readonly env?: Env }): Promise<TailRun>;
  /** The world's time after so many milliseconds, as `-start` and `-end` take it. */
  at(ms: number): string;
}

export async function scene(streams: Readonly<Record<string, StreamSeed>>, world: Omit<World, "streams"> = {}): Promise<Scene> {
  const aws = await startRehearsal({ clock: "virtual", world: { ...world, streams } });
  const client = kinesisOf(aws);
  const start = aws.clock.now().getTime();
  return {
    aws,
    client,
    run: (argv, { env, ...reader } = {}) => runInProcess(aws, argv, env, undefined, reader),
    at: (ms) => new Date(start + ms).toISOString(),
    async [Symbol.asyncDispose]() {
      client.destroy();
      await aws.stop();
    },
  };
}

/** An explicit hash key of shard `at` of `of` shards that nothing has split yet. */
export const inShard = (at: number, of: number): string => String((2n ** 128n * BigInt(at)) / BigInt(of) + 1n);

/** The lines of an output, each ended by LF. */
export const linesOf = (text: string): string[] => text.split("\n").slice(0, -1);
