import type { _Record } from "@aws-sdk/client-kinesis";
import { tipPosition } from "./positions.ts";
import { PAGE_BYTES } from "./shard-meters.ts";
import type { Shard, StoredRecord } from "./stream-store.ts";

/** A run of records of one shard. */
export interface ShardPage {
  readonly records: readonly StoredRecord[];
  /** The position after the last of them. */
  readonly next: number;
  readonly bytes: number;
  /** True when more records would have been too many bytes. */
  readonly isFull: boolean;
  /** True when the shard is closed and has nothing behind this page. */
  readonly isLast: boolean;
  readonly millisBehindLatest: number;
}

/** Cut a page of at most `limit` records and `maxBytes` (at least one record) at a position; positions that retention has taken begin at the horizon. */
export function cutShardPage(shard: Shard, position: number, limit: number, now: number, maxBytes = PAGE_BYTES): ShardPage {
  const start = Math.max(position - shard.trimmedCount, 0);
  let end = start;
  let bytes = 0;
  let isFull = false;
  for (let record = shard.records[end]; record !== undefined && end - start < limit; record = shard.records[end]) {
    const size = record.data.byteLength + Buffer.byteLength(record.key ?? "");
    isFull = bytes + size > maxBytes && end > start;
    if (isFull) break;
    bytes += size;
    end += 1;
  }
  const next = Math.max(shard.trimmedCount + end, position);
  const records = shard.records.slice(start, end);
  const isAtTip = next >= tipPosition(shard);
  const reached = isAtTip ? undefined : (records.at(-1) ?? shard.records[end]);
  return {
    records,
    next,
    bytes,
    isFull: isFull || bytes >= maxBytes,
    isLast: isAtTip && shard.closedAt !== undefined,
    // The distance of the last record that was returned, or of the next one after an empty page (a guess: the model says "from the tip").
    millisBehindLatest: reached === undefined ? 0 : Math.max(0, now - reached.arrivedAt),
  };
}

/** A record as answers and events show it. */
export const describeRecord = ({ sequenceNumber, arrivedAt, data, key, isEncrypted }: StoredRecord): _Record => ({
  SequenceNumber: sequenceNumber,
  ApproximateArrivalTimestamp: new Date(arrivedAt),
  Data: data,
  PartitionKey: key,
  EncryptionType: isEncrypted ? "KMS" : undefined,
});
