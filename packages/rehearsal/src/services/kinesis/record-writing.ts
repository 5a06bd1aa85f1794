import type { Call } from "../../wire/call.ts";
import { nowOf } from "./find-stream.ts";
import { contains, HASH_KEYS, hashOf } from "./hash-range.ts";
import { invalidArgument } from "./kinesis-errors.ts";
import { makeSequenceNumber } from "./sequence-numbers.ts";
import { admitWrite } from "./shard-meters.ts";
import { openShards } from "./shards.ts";
import type { Shard, StoredRecord, Stream } from "./stream-store.ts";

/** A record on its way into a stream. */
export interface NewRecord {
  readonly data: Uint8Array;
  readonly key: string | undefined;
  readonly explicitHashKey: string | undefined;
}

const sizeOf = ({ data, key = "" }: NewRecord): number => data.byteLength + Buffer.byteLength(key);

/** Refuse a record that the stream does not take at all. `place` names it in the sentence (a guess, as the service's is not documented). */
export function refuseRecord(stream: Stream, record: NewRecord, place: string): void {
  const limit = stream.maxRecordKiB * 1024;
  if (sizeOf(record) > limit) {
    throw invalidArgument(
      `${place} has ${sizeOf(record)} bytes of data and partition key, more than the ${limit} that stream ${stream.name} accepts.`,
    );
  }
  if (record.key === undefined && stream.distribution !== "AUTO") {
    throw invalidArgument(`${place} has no partition key, and stream ${stream.name} places records by partition key.`);
  }
  if (record.explicitHashKey !== undefined && BigInt(record.explicitHashKey) >= HASH_KEYS) {
    throw invalidArgument(
      `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${record.explicitHashKey}`,
    );
  }
}

/** The open shard that a record belongs to. */
export function shardFor(stream: Stream, { key = "", explicitHashKey }: NewRecord): Shard {
  const open = openShards(stream);
  const hash = explicitHashKey === undefined ? hashOf(key) : BigInt(explicitHashKey);
  // AUTO ignores keys and spreads evenly: the shard that has taken fewest records is next (which one AWS takes is its own affair).
  const shard =
    stream.distribution === "AUTO" ? open.toSorted((a, b) => countOf(a) - countOf(b))[0] : open.find(({ range }) => contains(range, hash));
  if (shard === undefined) throw new Error(`no open shard of ${stream.name} covers hash key ${hash}`);
  return shard;
}

const countOf = ({ trimmedCount, records }: Shard): number => trimmedCount + records.length;

/** Take a record in, or return undefined when the shard's throughput does not allow it now. */
export function write(call: Call, stream: Stream, shard: Shard, record: NewRecord): StoredRecord | undefined {
  const now = nowOf(call);
  return admitWrite(stream, shard, sizeOf(record), now) ? append(stream, shard, record, now) : undefined;
}

/** Put a record at the end of a shard, whatever its limits. */
export function append(stream: Stream, shard: Shard, { data, key }: NewRecord, at: number): StoredRecord {
  const record: StoredRecord = {
    sequenceNumber: makeSequenceNumber(shard, countOf(shard) + 1, at),
    arrivedAt: at,
    data,
    key,
    isEncrypted: stream.keyId !== undefined,
  };
  shard.records.push(record);
  return record;
}
