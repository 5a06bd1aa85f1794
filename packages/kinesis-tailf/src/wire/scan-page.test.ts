import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerJson, brokenAnswers, plainAnswers, recordJson, unusualAnswers } from "../../test/wire/support/answers.ts";
import { batchOf, type FetchedRecord, recordsOf } from "../loop/batch.ts";
import { createPool } from "./page-memory.ts";
import { scanPage } from "./scan-page.ts";

interface Reading {
  readonly records: readonly FetchedRecord[];
  readonly size: number;
  readonly next: string | undefined;
  readonly behindMs: number;
}

/** One for all, so that what an earlier page has left in it shows. */
const memory = createPool().take(4_000_000);

function scan(body: Buffer): Reading | undefined {
  const page = scanPage(body, memory);
  if (page === undefined) return undefined;
  const { records, next, behindMs } = page;
  return {
    records: recordsOf(records).map((record) => ({ ...record, data: Buffer.from(record.data) })),
    size: records.size,
    next,
    behindMs,
  };
}

interface Answer {
  readonly Records: readonly {
    readonly SequenceNumber: string;
    readonly PartitionKey: string;
    readonly ApproximateArrivalTimestamp: number;
    readonly Data: string;
  }[];
  readonly NextShardIterator?: string | null;
  readonly MillisBehindLatest?: number;
}

/** What `JSON.parse` and the SDK's rules make of an answer. */
function parse(body: Buffer): Reading {
  const answer: Answer = JSON.parse(body.toString("utf8"));
  const records = answer.Records.map((record) => ({
    sequence: record.SequenceNumber,
    key: record.PartitionKey,
    arrivedAtMs: Math.round(record.ApproximateArrivalTimestamp * 1000),
    data: Buffer.from(record.Data, "base64"),
  }));
  return {
    records,
    size: batchOf(records).size,
    next: answer.NextShardIterator || undefined,
    behindMs: answer.MillisBehindLatest ?? 0,
  };
}

it.each(plainAnswers)("reads %s as JSON.parse does", (_what, text) => {
  const body = Buffer.from(text);
  expect(scan(body)).toEqual(parse(body));
});

it("reads 10,000 records, and leaves more to the SDK", () => {
  const records = Array.from({ length: 10_001 }, (_, at) => recordJson({ at, payload: `record ${at}` }));
  const body = Buffer.from(answerJson(records.slice(1)));
  expect(scan(body)).toEqual(parse(body));
  expect(scan(Buffer.from(answerJson(records)))).toBe(undefined);
});

it("reads a key that is not UTF-8 as the SDK does, and counts its bytes so", () => {
  const body = Buffer.from(answerJson([recordJson({ key: '"k\xe9y \xf0\x9f"' })]), "latin1");
  expect(scan(body)).toEqual(parse(body));
});

it("reads payloads in the alphabet of URLs as if they were in the usual one", () => {
  const body = (data: string): Buffer => Buffer.from(answerJson([recordJson().replace(/"Data":"[^"]*"/, `"Data":"${data}"`)]));
  expect(scan(body("-_-_"))).toEqual(scan(body("+/+/")));
});

it.each([...unusualAnswers, ...brokenAnswers])("leaves %s to the SDK", (_what, text) => {
  expect(scan(Buffer.from(text))).toBe(undefined);
});

it("leaves an answer that is cut to the SDK, wherever it is cut", () => {
  const cuts = plainAnswers
    .filter(([, { length }]) => length < 1000)
    .flatMap(([, text]) => Array.from(text, (_, length) => Buffer.from(text).subarray(0, length)));
  expect(cuts.filter((body) => scan(body) !== undefined)).toEqual([]);
});

const record = fc.record({
  at: fc.nat(),
  key: fc.string({ unit: "binary" }),
  payload: fc.uint8Array({ maxLength: 12 }),
  arrivedAtMs: fc.nat(),
});

const answer = fc
  .array(record, { maxLength: 3 })
  .map((records) =>
    Buffer.from(
      answerJson(
        records.map(({ at, key, payload, arrivedAtMs }) =>
          recordJson({ at, key: JSON.stringify(key), payload, arrival: String(arrivedAtMs / 1000) }),
        ),
      ),
    ),
  );

describe("whatever the records are", () => {
  it("reads them as JSON.parse does", () => {
    fc.assert(
      fc.property(answer, (body) => {
        expect(scan(body)).toEqual(parse(body));
      }),
    );
  });

  it("never gives a wrong page for bytes that were changed, lost or added", () => {
    // Those that mean something to JSON, numbers or base64, and some that do not.
    const bytes = fc.array(
      fc.oneof(fc.constantFrom(...Buffer.from('"\\{}[],:.0123456789eE+-=/_aAnu \n\0')), fc.integer({ min: 0, max: 255 })),
      {
        maxLength: 3,
      },
    );
    const change = fc.record({ place: fc.double({ min: 0, max: 1, noNaN: true }), lost: fc.nat({ max: 3 }), bytes });
    fc.assert(
      fc.property(answer, fc.array(change, { minLength: 1, maxLength: 2 }), (good, changes) => {
        let body = good;
        for (const { place, lost, bytes: added } of changes) {
          const at = Math.floor(place * body.length);
          body = Buffer.concat([body.subarray(0, at), Uint8Array.from(added), body.subarray(at + lost)]);
        }
        const read = scan(body);
        expect(read).toEqual(read && parse(body));
      }),
      { numRuns: 3000 },
    );
  });
});
