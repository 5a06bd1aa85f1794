import type { RecordBatch } from "../batch.ts";
import { ascii, JsonCursor, type Literal, Unusual } from "./json-cursor.ts";
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

/**
 * Read an answer of GetRecords without making an object for a record: payloads are decoded into `memory`, and of the rest only the places are noted.
 * Undefined for anything unusual (members that are not expected here, ChildShards among them, spaces, escapes in payloads, broken JSON): the caller asks the SDK then.
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
    else if (cursor.takes(millisBehindLatest)) behindMs = cursor.wholeNumber(0);
    else if (cursor.takes(nextShardIterator)) next = plainText(cursor);
    else cursor.expect(noShardIterator);
  } while (cursor.takesCode(comma));
  if (!cursor.takesCode(closingBrace)) throw new Unusual("an object without an end");
  cursor.end();
  if (batch === undefined) throw new Unusual("no Records");
  return { records: batch, next: next === "" ? undefined : next, behindMs };
}

function plainText(cursor: JsonCursor): string {
  const { bytes, at } = cursor;
  const content = bytes.toString("latin1", at, cursor.stringEnd());
  if (content.includes("\\")) throw new Unusual("an escape");
  return content;
}

/** A digit for each member of a record that has to be there, once. */
const seen = { sequenceNumber: 0x1, arrival: 0x10, data: 0x100, partitionKey: 0x1000 };
const allMembers = 0x1111;

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
      // Told apart by their first letters.
      switch (body[cursor.at + 1]) {
        case 0x53:
          cursor.expect(sequenceNumber);
          cursor.stringEnd();
          members += seen.sequenceNumber;
          break;
        case 0x41:
          cursor.expect(arrivalTimestamp);
          // Seconds with a fraction, as the JSON protocol writes timestamps.
          arrivedAtMs[count] = cursor.wholeNumber(3);
          members += seen.arrival;
          break;
        case 0x44:
          cursor.expect(data);
          end += cursor.base64(bytes, end);
          ends[count] = end;
          members += seen.data;
          break;
        case 0x50:
          cursor.expect(partitionKey);
          keyBytes -= cursor.at;
          keyBytes += cursor.stringEnd();
          members += seen.partitionKey;
          break;
        default:
          cursor.expect(encryptionType);
          cursor.stringEnd();
      }
    } while (cursor.takesCode(comma));
    if (!cursor.takesCode(closingBrace)) throw new Unusual("an object without an end");
    if (members !== allMembers) throw new Unusual("a member is missing, or there twice");
    count++;
  }
  return {
    length: count,
    bytes: bytes.subarray(0, end),
    size: end + keyBytes,
    ends,
    arrivedAtMs: arrivedAtMs.subarray(0, count),
    sequence: (at) => member(body, sequenceNumber, starts[at]),
    key: (at) => unescaped(member(body, partitionKey, starts[at])),
  };
}

/** The content of a record's member. Inside of strings quotes are escaped, so what looks like a member's beginning is one. */
function member(body: Buffer, beginning: Literal, start: number | undefined): string {
  const at = body.indexOf(beginning.bytes, start) + beginning.length;
  return body.toString("utf8", at, new JsonCursor(body, at).stringEnd());
}

const unescaped = (content: string): string => (content.includes("\\") ? String(JSON.parse(`"${content}"`)) : content);
