import type { RecordBatch } from "../batch.ts";
import { JsonCursor, Unusual } from "./json-cursor.ts";

/** What one answer of GetRecords says. */
export interface ScannedPage {
  readonly records: RecordBatch;
  /** The next iterator; undefined at the end of a closed shard. */
  readonly next: string | undefined;
  readonly behindMs: number;
}

/**
 * Read an answer of GetRecords without making an object for a record: payloads are decoded into one buffer, and of the rest only the places are noted.
 * Undefined for anything unusual (members that are not expected here, ChildShards among them, spaces, escapes in payloads, broken JSON): the caller asks the SDK then.
 */
export function scanPage(body: Buffer): ScannedPage | undefined {
  try {
    return readPage(new JsonCursor(body.toString("latin1")));
  } catch (error) {
    if (error instanceof Unusual) return undefined;
    throw error;
  }
}

function readPage(cursor: JsonCursor): ScannedPage {
  let records: RecordBatch | undefined;
  let next: string | undefined;
  let behindMs = 0;
  cursor.expect("{");
  do {
    if (cursor.takes('"Records":[')) records = readRecords(cursor);
    else if (cursor.takes('"MillisBehindLatest":')) behindMs = cursor.wholeNumber(0);
    else if (cursor.takes('"NextShardIterator":"')) next = plainText(cursor);
    else cursor.expect('"NextShardIterator":null');
  } while (cursor.takes(","));
  cursor.expect("}");
  cursor.end();
  if (records === undefined) throw new Unusual("no Records");
  return { records, next: next === "" ? undefined : next, behindMs };
}

function plainText(cursor: JsonCursor): string {
  const { text, at } = cursor;
  const content = text.slice(at, cursor.stringEnd());
  if (content.includes("\\")) throw new Unusual("an escape");
  return content;
}

const sequenceNumber = '"SequenceNumber":"';
const partitionKey = '"PartitionKey":"';

const comma = 0x2c;
const openingBrace = 0x7b;
const closingBrace = 0x7d;
const closingBracket = 0x5d;

function readRecords(cursor: JsonCursor): RecordBatch {
  const { text } = cursor;
  const bytes = Buffer.allocUnsafeSlow(Math.ceil((text.length * 3) / 4));
  const starts: number[] = [];
  const ends: number[] = [];
  const arrivedAtMs: number[] = [];
  let end = 0;
  let sequences = 0;
  let keys = 0;
  while (!cursor.takesCode(closingBracket)) {
    if (starts.length > 0 && !cursor.takesCode(comma)) throw new Unusual("no comma");
    starts.push(cursor.at);
    if (!cursor.takesCode(openingBrace)) throw new Unusual("no object");
    do {
      // Told apart by their first letters.
      switch (text.charCodeAt(cursor.at + 1)) {
        case 0x53:
          cursor.expect(sequenceNumber);
          cursor.stringEnd();
          sequences++;
          break;
        case 0x41:
          cursor.expect('"ApproximateArrivalTimestamp":');
          // Seconds with a fraction, as the JSON protocol writes timestamps.
          arrivedAtMs.push(cursor.wholeNumber(3));
          break;
        case 0x44:
          cursor.expect('"Data":"');
          ends.push((end += cursor.base64(bytes, end)));
          break;
        case 0x50:
          cursor.expect(partitionKey);
          cursor.stringEnd();
          keys++;
          break;
        default:
          cursor.expect('"EncryptionType":"');
          cursor.stringEnd();
      }
    } while (cursor.takesCode(comma));
    if (!cursor.takesCode(closingBrace)) throw new Unusual("an object without an end");
    const count = starts.length;
    if (ends.length !== count || arrivedAtMs.length !== count || sequences !== count || keys !== count)
      throw new Unusual("a member is missing");
  }
  return {
    length: starts.length,
    bytes: bytes.subarray(0, end),
    ends,
    arrivedAtMs,
    sequence: (at) => member(text, sequenceNumber, starts[at]),
    key: (at) => utf8(member(text, partitionKey, starts[at])),
  };
}

/** The content of a record's member. Inside of strings quotes are escaped, so what looks like a member's beginning is one. */
function member(text: string, beginning: string, start: number | undefined): string {
  const cursor = new JsonCursor(text);
  cursor.at = text.indexOf(beginning, start) + beginning.length;
  const { at } = cursor;
  return text.slice(at, cursor.stringEnd());
}

/** A JSON string's content whose bytes stand as one character each. */
function utf8(content: string): string {
  const decoded = Buffer.from(content, "latin1").toString("utf8");
  return decoded.includes("\\") ? String(JSON.parse(`"${decoded}"`)) : decoded;
}
