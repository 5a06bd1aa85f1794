import type { ConsumerStatus, RecordDistributionStrategy, StreamMode, StreamStatus } from "@aws-sdk/client-kinesis";
import type { HashRange } from "./hash-range.ts";
import type { Meter, ShardMeters } from "./shard-meters.ts";

/** A record as a shard keeps it. */
export interface StoredRecord {
  readonly sequenceNumber: string;
  /** Milliseconds since the epoch. */
  readonly arrivedAt: number;
  readonly data: Uint8Array;
  /** Streams that place records by themselves take records without one. */
  readonly key: string | undefined;
  readonly isEncrypted: boolean;
}

export interface Shard {
  readonly index: number;
  /** Such as `shardId-000000000012`. */
  readonly id: string;
  /** None, the shard that was split, or the two that were merged: the parent and the adjacent parent. */
  readonly parents: readonly Shard[];
  readonly range: HashRange;
  readonly createdAt: number;
  /** The birth that sequence numbers carry: at least a second after every parent's, so that they grow from parent to child. */
  readonly bornAt: number;
  closedAt: number | undefined;
  /** The records that retention has left, oldest first. */
  readonly records: StoredRecord[];
  /** How many records retention has taken; positions count from the first record ever. */
  trimmedCount: number;
  readonly meters: ShardMeters;
}

/** One SubscribeToShard call in force; `startedAt` in milliseconds since the epoch. */
export interface Subscription {
  readonly startedAt: number;
}

export interface Consumer {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: Date;
  status: ConsumerStatus;
  /** The newest subscription to each shard, by shard id. */
  readonly subscriptions: Map<string, Subscription>;
}

/** Something that happens to a stream once the world's clock gets there. */
interface Appointment {
  readonly at: number;
  keep(at: number): void;
}

export interface Stream {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: Date;
  status: StreamStatus;
  mode: StreamMode;
  distribution: RecordDistributionStrategy;
  retentionHours: number;
  maxRecordKiB: number;
  /** The key that records are encrypted with. */
  keyId: string | undefined;
  readonly tags: Map<string, string>;
  /** All shards that retention has left, by index. */
  readonly shards: Shard[];
  readonly consumers: Map<string, Consumer>;
  /** What is to come, earliest first. */
  readonly agenda: Appointment[];
  /** False when the world file switches the limits of throughput off. */
  hasLimits: boolean;
  /** What is left of the limit of dry runs. */
  readonly dryRuns: Meter;
  /** How many shards there have ever been: the next one's index. */
  shardCount: number;
}

/** The streams of one region, by name. */
export interface StreamStore {
  readonly byName: Map<string, Stream>;
}

export const createStreamStore = (): StreamStore => ({ byName: new Map() });
