import type { RecordBatch } from "../loop/batch.ts";
import { ascii, JsonCursor, type Literal, Unusual } from "./json-cursor.ts";
import { readNumber } from "./json-number.ts";
import { mostRecords, type PageMemory } from "./page-memory.ts";

/** What one answer of GetRecords says. */
export interface ScannedPage {
  readonly records: RecordBatch;
  /** The next iterator; undefined at the end of a closed shard. */
  readonly next: string | undefined;
  readonly behindMs: number;
}

const openingBrace = 0x7b;
const closingBrace = 0x7d;
const closingBracket = 0x5d;
const comma = 0x2c;

const records = ascii('"Records":[');
const millisBehindLatest = ascii('"MillisBehindLatest":');
const nextShardIterator = ascii('"NextShardIterator":"');
const noShardIterator = ascii('"NextShardIterator":null');
const sequenceNumber = ascii('"SequenceNumber":"');
const arrivalTimestamp = ascii('"ApproximateArrivalTimestamp":');
const data = ascii('"Data":"');
const partitionKey = ascii('"PartitionKey":"');
const encryptionType = ascii('"EncryptionType":"');

/** The largest time that a Date holds. */
const latestMs = 8.64e15;

/**
 * Read an answer of GetRecords without making an object for a record: payloads are decoded into `memory`, and of the rest only the places are noted.
 * Undefined for anything unusual (members that are not expected here or come twice, ChildShards among them, spaces, escapes in payloads, broken JSON): the caller asks the SDK then.
 * What it gives is what the SDK gives, but that payloads in the URL's alphabet of base64 are read, where the SDK fails.
 * The batch reads sequence numbers and keys in `body`, payloads and times in `memory`, as long as both are left alone.
 */
export function scanPage(body: Buffer, memory: PageMemory): ScannedPage | undefined {
  try {
    return readPage(new JsonCursor(body), memory);
  } catch (error) {
    if (error instanceof Unusual) return undefined;
    throw error;
  }
}

function readPage(cursor: JsonCursor, memory: PageMemory): ScannedPage {
  let batch: RecordBatch | undefined;
  let next: string | undefined;
  let behindMs = 0;
  if (!cursor.takesCode(openingBrace)) throw new Unusual("no object");
  do {
    if (cursor.takes(records)) batch = readRecords(cursor, memory);
    else if (cursor.takes(millisBehindLatest)) behindMs = readNumber(cursor);
    else if (cursor.takes(nextShardIterator)) next = cursor.string();
    else {
      cursor.expect(noShardIterator);
      next = undefined;
    }
  } while (cursor.takesCode(comma));
  if (!cursor.takesCode(closingBrace)) throw new Unusual("an object without an end");
  cursor.end();
  if (batch === undefined) throw new Unusual("no Records");
  return { records: batch, next: next === "" ? undefined : next, behindMs };
}

/** A bit for each member of a record that has to be there, once. */
const seen = { sequenceNumber: 1, arrival: 2, data: 4, partitionKey: 8 };
const allMembers = 15;

function readRecords(cursor: JsonCursor, { bytes, starts, ends, arrivedAtMs }: PageMemory): RecordBatch {
  const body = cursor.bytes;
  let count = 0;
  let end = 0;
  let keyBytes = 0;
  while (!cursor.takesCode(closingBracket)) {
    if (count > 0 && !cursor.takesCode(comma)) throw new Unusual("no comma");
    if (count === mostRecords) throw new Unusual("too many records");
    starts[count] = cursor.at;
    if (!cursor.takesCode(openingBrace)) throw new Unusual("no object");
    let members = 0;
    do {
      let member = 0;
      // Told apart by their first letters.
      switch (body[cursor.at + 1]) {
        case 0x53:
          cursor.expect(sequenceNumber);
          cursor.passString();
          member = seen.sequenceNumber;
          break;
        case 0x41:
          cursor.expect(arrivalTimestamp);
          arrivedAtMs[count] = milliseconds(readNumber(cursor));
          member = seen.arrival;
          break;
        case 0x44:
          cursor.expect(data);
          end += cursor.base64(bytes, end);
          ends[count] = end;
          member = seen.data;
          break;
        case 0x50:
          cursor.expect(partitionKey);
          keyBytes += cursor.passString();
          member = seen.partitionKey;
          break;
        default:
          cursor.expect(encryptionType);
          cursor.passString();
      }
      if ((members & member) !== 0) throw new Unusual("a member twice");
      members |= member;
    } while (cursor.takesCode(comma));
    if (!cursor.takesCode(closingBrace)) throw new Unusual("an object without an end");
    if (members !== allMembers) throw new Unusual("a member is missing");
    count++;
  }
  return {
    length: count,
    bytes: bytes.subarray(0, end),
    size: end + keyBytes,
    ends,
    arrivedAtMs: arrivedAtMs.subarray(0, count),
    sequence: (at) => member(body, sequenceNumber, starts[at]),
    key: (at) => member(body, partitionKey, starts[at]),
  };
}

/** The JSON protocol writes timestamps in seconds with a fraction. */
function milliseconds(seconds: number): number {
  const ms = Math.round(seconds * 1000);
  if (ms > latestMs) throw new Unusual("no time");
  return ms;
}

/** The content of a record's member. Inside of strings quotes are escaped, and no colon follows their end, so what looks like a member's beginning is one. */
const member = (body: Buffer, beginning: Literal, start: number | undefined): string =>
  new JsonCursor(body, body.indexOf(beginning.bytes, start) + beginning.length).string();
