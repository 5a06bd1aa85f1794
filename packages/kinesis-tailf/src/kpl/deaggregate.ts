import type { Tag } from "../record.ts";
import { digestLength, isFramed, magic, md5 } from "./frame.ts";
import { Malformed, wire, WireReader } from "./wire-reader.ts";

/** A record as its producer handed it to the KPL. */
interface UserRecord {
  /** Null when the index points outside of the table. */
  readonly key: string | null;
  readonly explicitHashKey: string | null;
  /** A view into the aggregated record, not a copy. */
  readonly data: Uint8Array;
  readonly tags?: readonly Tag[];
  /** Set when one of its two indexes points outside of its table. */
  readonly badIndex?: true;
}

/** Not an aggregated record; `fault` says what broke one that looked like it. */
export interface Raw {
  readonly kind: "raw";
  readonly fault?: "bad_md5" | "bad_protobuf";
}

/** An intact aggregated record. Zero records are possible. */
export interface Aggregated {
  readonly kind: "aggregated";
  readonly records: readonly UserRecord[];
}

const plain: Raw = { kind: "raw" };
const badMd5: Raw = { kind: "raw", fault: "bad_md5" };
const badProtobuf: Raw = { kind: "raw", fault: "bad_protobuf" };

/** An optional index that is not there. */
const absent = -1;

/**
 * Unpack the data of one Kinesis record, all of it or nothing: whatever is not a whole, well-formed aggregated record stays raw.
 * The digest is compared first, so user data that only begins like the format is never parsed. Never throws.
 */
export function deaggregate(bytes: Uint8Array): Raw | Aggregated {
  if (!isFramed(bytes)) return plain;
  const end = bytes.length - digestLength;
  if (Buffer.compare(md5(bytes.subarray(magic.length, end)), bytes.subarray(end)) !== 0) return badMd5;
  try {
    return { kind: "aggregated", records: readMessage(bytes, end) };
  } catch (error) {
    if (error instanceof Malformed) return badProtobuf;
    throw error;
  }
}

interface Indexed {
  readonly key: number;
  readonly hashKey: number;
  readonly data: Uint8Array;
  readonly tags: Tag[] | undefined;
}

/** The tables may stand behind the records that point into them, so indexes are looked up at the end. */
function readMessage(bytes: Uint8Array, end: number): UserRecord[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const keys: string[] = [];
  const hashKeys: string[] = [];
  const indexed: Indexed[] = [];
  const reader = new WireReader(bytes, magic.length, end);
  while (reader.next()) {
    if (reader.type !== wire.bytes || reader.field > 3) {
      reader.skip();
      continue;
    }
    reader.span();
    if (reader.field === 3) indexed.push(readRecord(bytes, text, reader.start, reader.end));
    else (reader.field === 1 ? keys : hashKeys).push(text.toString("utf8", reader.start, reader.end));
  }
  return indexed.map((record) => resolve(record, keys, hashKeys));
}

function readRecord(bytes: Uint8Array, text: Buffer, start: number, end: number): Indexed {
  let key = absent;
  let hashKey = absent;
  let data: Uint8Array | undefined;
  let tags: Tag[] | undefined;
  const reader = new WireReader(bytes, start, end);
  while (reader.next()) {
    const { field, type } = reader;
    if (type === wire.varint && field === 1) key = reader.varint(10);
    else if (type === wire.varint && field === 2) hashKey = reader.varint(10);
    else if (type === wire.bytes && field === 3) {
      reader.span();
      data = bytes.subarray(reader.start, reader.end);
    } else if (type === wire.bytes && field === 4) {
      reader.span();
      (tags ??= []).push(readTag(bytes, text, reader.start, reader.end));
    } else reader.skip();
  }
  if (key === absent || data === undefined) throw new Malformed();
  return { key, hashKey, data, tags };
}

function readTag(bytes: Uint8Array, text: Buffer, start: number, end: number): Tag {
  let key: string | undefined;
  let value: string | null = null;
  const reader = new WireReader(bytes, start, end);
  while (reader.next()) {
    if (reader.type !== wire.bytes || reader.field > 2) {
      reader.skip();
      continue;
    }
    reader.span();
    const found = text.toString("utf8", reader.start, reader.end);
    if (reader.field === 1) key = found;
    else value = found;
  }
  if (key === undefined) throw new Malformed();
  return { key, value };
}

function resolve({ key, hashKey, data, tags }: Indexed, keys: readonly string[], hashKeys: readonly string[]): UserRecord {
  const record = { key: keys[key] ?? null, explicitHashKey: hashKeys[hashKey] ?? null, data };
  const isBad = key >= keys.length || hashKey >= hashKeys.length;
  if (!isBad && tags === undefined) return record;
  return { ...record, ...(tags === undefined ? {} : { tags }), ...(isBad ? ({ badIndex: true } as const) : {}) };
}
