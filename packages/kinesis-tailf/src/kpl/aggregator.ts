import { digestLength, magic, md5 } from "./frame.ts";

/** A record to be packed. */
export interface OutgoingRecord {
  readonly key: string;
  /** Decimal 128-bit number that replaces the hash of the key. */
  readonly explicitHashKey?: string;
  readonly data: Uint8Array;
}

/** Size at which the KPL closes an aggregated record. */
export const defaultAggregateBytes = 51_200;

const frameLength = magic.length + digestLength;

const varintLength = (value: number): number => {
  let length = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) length++;
  return length;
};

/** A field of up to number 15 with a value of `length` bytes, as bytes on the wire. */
const fieldLength = (length: number): number => 1 + varintLength(length) + length;

/** The table of keys, or of hash keys: each text once. */
class Table {
  readonly #indexes = new Map<string, number>();

  /** Where the text stands or will stand. */
  indexOf(text: string): number {
    return this.#indexes.get(text) ?? this.#indexes.size;
  }

  /** Bytes by which the table grows when the text is added. */
  growth(text: string): number {
    return this.#indexes.has(text) ? 0 : fieldLength(Buffer.byteLength(text));
  }

  add(text: string): number {
    const index = this.indexOf(text);
    this.#indexes.set(text, index);
    return index;
  }

  texts(): Iterable<string> {
    return this.#indexes.keys();
  }
}

interface Packed {
  readonly key: number;
  readonly hashKey: number | undefined;
  readonly data: Uint8Array;
}

const bodyLength = ({ key, hashKey, data }: Packed): number =>
  1 + varintLength(key) + (hashKey === undefined ? 0 : 1 + varintLength(hashKey)) + fieldLength(data.length);

/** Packs user records into one record of the KPL format. Sizes are exact and known before anything is added. */
export class Aggregator {
  readonly #limit: number;
  #keys = new Table();
  #hashKeys = new Table();
  #records: Packed[] = [];
  #size = frameLength;

  constructor(limitBytes: number = defaultAggregateBytes) {
    this.#limit = limitBytes;
  }

  /** Records added since the last `take`. */
  get count(): number {
    return this.#records.length;
  }

  /** Bytes that `take` would give now. */
  get size(): number {
    return this.#size;
  }

  /** Whether the record can be added without passing the limit. One that does not even fit alone has to be sent as it is. */
  fits(record: OutgoingRecord): boolean {
    return this.#size + this.#growth(record) <= this.#limit;
  }

  /** Add a record; its data must not change before `take`. The caller has asked `fits`. */
  add(record: OutgoingRecord): void {
    this.#size += this.#growth(record);
    const { key, explicitHashKey, data } = record;
    const hashKey = explicitHashKey === undefined ? undefined : this.#hashKeys.add(explicitHashKey);
    this.#records.push({ key: this.#keys.add(key), hashKey, data });
  }

  /** The aggregated record of everything that was added; starts afresh. */
  take(): Uint8Array {
    const bytes = Buffer.allocUnsafe(this.#size);
    bytes.set(magic);
    let at = magic.length;
    for (const key of this.#keys.texts()) at = putText(bytes, at, 1, key);
    for (const hashKey of this.#hashKeys.texts()) at = putText(bytes, at, 2, hashKey);
    for (const record of this.#records) at = putRecord(bytes, at, record);
    bytes.set(md5(bytes.subarray(magic.length, at)), at);
    this.#keys = new Table();
    this.#hashKeys = new Table();
    this.#records = [];
    this.#size = frameLength;
    return bytes;
  }

  #growth({ key, explicitHashKey, data }: OutgoingRecord): number {
    const hashKey = explicitHashKey === undefined ? undefined : this.#hashKeys.indexOf(explicitHashKey);
    const tables = this.#keys.growth(key) + (explicitHashKey === undefined ? 0 : this.#hashKeys.growth(explicitHashKey));
    return tables + fieldLength(bodyLength({ key: this.#keys.indexOf(key), hashKey, data }));
  }
}

function putVarint(bytes: Buffer, from: number, value: number): number {
  let at = from;
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes[at++] = (rest % 128) + 128;
  bytes[at++] = rest;
  return at;
}

/** A field's number with wire type 2, and the length of its value. */
const putHeader = (bytes: Buffer, at: number, field: number, length: number): number =>
  putVarint(bytes, putVarint(bytes, at, field * 8 + 2), length);

function putText(bytes: Buffer, from: number, field: number, text: string): number {
  const at = putHeader(bytes, from, field, Buffer.byteLength(text));
  return at + bytes.write(text, at);
}

function putRecord(bytes: Buffer, from: number, record: Packed): number {
  const { key, hashKey, data } = record;
  let at = putHeader(bytes, from, 3, bodyLength(record));
  at = putVarint(bytes, putVarint(bytes, at, 8), key);
  if (hashKey !== undefined) at = putVarint(bytes, putVarint(bytes, at, 16), hashKey);
  at = putHeader(bytes, at, 3, data.length);
  bytes.set(data, at);
  return at + data.length;
}
