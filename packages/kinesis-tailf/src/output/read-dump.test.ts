import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StreamRecord } from "../record.ts";
import { jsonLine } from "./json-line.ts";
import { readDump } from "./read-dump.ts";

/** The bytes in pieces of a given length, as a file arrives. */
async function* pieces(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

const read = (text: string, length = 1_000): Promise<StreamRecord[]> =>
  Array.fromAsync(readDump(pieces(Buffer.from(text), length), "dump.ndjson"));

const text = fc.string({ unit: "grapheme" });
const times = fc.integer({ min: 0, max: 4e12 });
const records: fc.Arbitrary<StreamRecord> = fc.record(
  {
    stream: text,
    shard: text,
    sequence: text,
    sub: fc.option(fc.nat()),
    key: fc.option(text),
    explicitHashKey: fc.option(text),
    arrivedAtMs: times,
    data: fc
      .oneof(
        fc.uint8Array(),
        text.map((each) => new TextEncoder().encode(each)),
      )
      .map((each) => Buffer.from(each)),
    kpl: fc.constantFrom("bad_md5", "bad_protobuf", "bad_index"),
    decoded: fc.array(fc.constantFrom("base64", "gzip", "zstd", "cloudwatch")),
    tags: fc.array(fc.record({ key: text, value: fc.option(text) })),
    log: fc.record({ id: text, timeMs: times, group: text, stream: text }),
  },
  { requiredKeys: ["stream", "shard", "sequence", "sub", "key", "explicitHashKey", "arrivedAtMs", "data"] },
);

it("reads back what -o json prints, however the file is cut into pieces", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(records), fc.integer({ min: 1, max: 500 }), async (written, length) => {
      expect(await read(written.map(jsonLine).join(""), length)).toEqual(written);
    }),
  );
});

const good = { stream: "s", shard: "a", seq: "1", time: "2026-11-23T01:00:00Z", data: "x" };

it("needs no members that may be null, no LF at the end, and passes over blank lines and unknown members", async () => {
  expect(await read(`\n${JSON.stringify({ ...good, extra: 1 })}\r\n\n${JSON.stringify(good)}`)).toHaveLength(2);
});

describe("a line that is no record is named", () => {
  it.each([
    ["{", "not JSON"],
    ["[]", "not a JSON object"],
    [JSON.stringify({ ...good, seq: undefined }), "seq is missing"],
    [JSON.stringify({ ...good, shard: 3 }), "shard: expected a text, got 3"],
    [JSON.stringify({ ...good, sub: -1 }), "sub: expected a whole number or null, got -1"],
    [JSON.stringify({ ...good, time: "noon" }), 'time: expected a time in RFC 3339, got "noon"'],
    [JSON.stringify({ ...good, data: undefined }), "data is missing"],
    [JSON.stringify({ ...good, data: undefined, dataBase64: "?" }), 'dataBase64: expected base64, got "?"'],
    [JSON.stringify({ ...good, kpl: "good" }), 'kpl: expected one of bad_md5, bad_protobuf, bad_index, got "good"'],
    [JSON.stringify({ ...good, decoded: ["lzma"] }), 'decoded: expected a list of decodings, got ["lzma"]'],
    [JSON.stringify({ ...good, tags: [1] }), "tags: expected a list of objects, got [1]"],
    [JSON.stringify({ ...good, tags: {} }), "tags: expected a list, got {}"],
    [JSON.stringify({ ...good, log: "x" }), 'log: expected an object, got "x"'],
    [JSON.stringify({ ...good, log: { id: "1" } }), "log: time is missing"],
  ])("%s", async (line, problem) => {
    await expect(read(`${JSON.stringify(good)}\n${line}\n`)).rejects.toMatchObject({
      exit: 1,
      message: expect.stringContaining(`dump.ndjson:2: ${problem}`),
    });
  });
});
