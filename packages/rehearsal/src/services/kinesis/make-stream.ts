import type { RecordDistributionStrategy, StreamMode } from "@aws-sdk/client-kinesis";
import { tile } from "./hash-range.ts";
import { createMeter, DRY_RUNS_PER_SECOND } from "./shard-meters.ts";
import { openShard } from "./shards.ts";
import type { Stream } from "./stream-store.ts";

interface StreamFacts {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: Date;
  readonly shards: number;
  readonly mode: StreamMode;
  readonly distribution: RecordDistributionStrategy;
  readonly maxRecordKiB: number;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** What an on-demand stream begins with: 4 MB a second of writes, as four shards (Developer Guide, "Quotas and limits"). */
export const ON_DEMAND_SHARDS = 4;

/** The record limit of a stream that asks for none, in KiB. */
export const DEFAULT_RECORD_KIB = 1024;

/** An active stream with its first shards, unencrypted, with a day of retention. */
export function makeStream({ shards, tags = {}, ...facts }: StreamFacts): Stream {
  const stream: Stream = {
    ...facts,
    status: "ACTIVE",
    retentionHours: 24,
    keyId: undefined,
    tags: new Map(Object.entries(tags)),
    shards: [],
    consumers: new Map(),
    agenda: [],
    hasLimits: true,
    dryRuns: createMeter(DRY_RUNS_PER_SECOND, facts.createdAt.getTime()),
    shardCount: 0,
  };
  for (const range of tile(shards)) openShard(stream, range, [], facts.createdAt.getTime());
  return stream;
}
