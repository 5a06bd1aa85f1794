/** What an unpacker of the KPL format can find wrong. A record with `bad_index` is printed unpacked, the others as they came. */
export type KplFault = "bad_md5" | "bad_protobuf" | "bad_index";

/** What was taken off the payload, outermost first. */
export type Decoding = "base64" | "gzip" | "zstd" | "cloudwatch";

/** Where a record that was one event of a CloudWatch Logs message comes from. */
export interface LogOrigin {
  readonly id: string;
  readonly timeMs: number;
  readonly group: string;
  readonly stream: string;
}

/** A name and a value that the producer attached to a user record. */
export interface Tag {
  readonly key: string;
  readonly value: string | null;
}

/** One user record on its way from a shard to the output. (stream, shard, sequence, sub) is its identity. */
export interface StreamRecord {
  readonly stream: string;
  readonly shard: string;
  readonly sequence: string;
  /** Place inside an aggregated record, from 0; null for a record that was not aggregated. */
  readonly sub: number | null;
  /** Null when the aggregated record names no key for it. */
  readonly key: string | null;
  readonly explicitHashKey: string | null;
  /** ApproximateArrivalTimestamp, milliseconds since the epoch. */
  readonly arrivedAtMs: number;
  readonly data: Uint8Array;
  readonly kpl?: KplFault;
  readonly tags?: readonly Tag[];
  readonly decoded?: readonly Decoding[];
  readonly log?: LogOrigin;
}
