import { gzipSync, zstdCompressSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StreamRecord } from "../record.ts";
import { decodePayload, defaultMaxInflateBytes, type PayloadSettings } from "./decode-payload.ts";

const auto: PayloadSettings = { decode: "auto", maxInflateBytes: defaultMaxInflateBytes, keepControl: false };

const record = (data: Uint8Array | string): StreamRecord => ({
  stream: "s",
  shard: "shardId-000000000000",
  sequence: "1",
  sub: null,
  key: "k",
  explicitHashKey: null,
  arrivedAtMs: 0,
  data: Buffer.from(data),
});

/** Texts of the records that a payload becomes, and what was counted. */
function outcome(data: Uint8Array | string, settings: Partial<PayloadSettings> = {}) {
  const counted: string[] = [];
  const records = decodePayload(record(data), { ...auto, ...settings }, (counter) => counted.push(counter));
  return { texts: records.map(({ data }) => Buffer.from(data).toString()), counted };
}

const logMessage = (messageType: string, messages: readonly string[]): string =>
  JSON.stringify({
    messageType,
    owner: "123456789012",
    logGroup: "/app",
    logStream: "web/1",
    subscriptionFilters: ["all"],
    logEvents: messages.map((message, index) => ({ id: `e${index}`, timestamp: 1_700_000_000_000 + index, message })),
  });

describe("-decode auto", () => {
  it.each([
    ["gzip", gzipSync("hello")],
    ["gzip in several members", Buffer.concat([gzipSync("he"), gzipSync("l"), gzipSync("lo")])],
    ["zstd", zstdCompressSync("hello")],
    ["zstd in several frames", Buffer.concat([zstdCompressSync("he"), zstdCompressSync(""), zstdCompressSync("llo")])],
    ["zstd with a frame of other content", Buffer.concat([zstdCompressSync("hello"), Buffer.from("502a4d1803000000616263", "hex")])],
    ["plain text", Buffer.from("hello")],
  ])("reads %s", (_, data) => {
    expect(outcome(data)).toEqual({ texts: ["hello"], counted: [] });
  });

  it("inflates whatever was compressed, in any number of parts", () => {
    const parts = fc.array(fc.uint8Array({ maxLength: 2_000 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(parts, fc.constantFrom(gzipSync, zstdCompressSync), (contents, compress) => {
        const records = decodePayload(record(Buffer.concat(contents.map((content) => compress(content)))), auto, () => {});
        expect(records.map(({ data }) => Buffer.from(data))).toEqual([Buffer.concat(contents)]);
      }),
      { numRuns: 50 },
    );
  });

  it("gives one record for each event of CloudWatch Logs, with its origin (A14)", () => {
    const records = decodePayload(record(gzipSync(logMessage("DATA_MESSAGE", ["one", "two\n"]))), auto, () => {});
    expect(records).toEqual([
      {
        ...record("one"),
        decoded: ["gzip", "cloudwatch"],
        log: { id: "e0", timeMs: 1_700_000_000_000, group: "/app", stream: "web/1" },
      },
      {
        ...record("two\n"),
        decoded: ["gzip", "cloudwatch"],
        log: { id: "e1", timeMs: 1_700_000_000_001, group: "/app", stream: "web/1" },
      },
    ]);
  });

  it("drops control messages of CloudWatch Logs unless they are wanted (A14)", () => {
    const control = logMessage("CONTROL_MESSAGE", ["CWL CONTROL MESSAGE: Checking health of destination Kinesis stream."]);
    expect(outcome(gzipSync(control))).toEqual({ texts: [], counted: ["control_dropped"] });
    expect(outcome(gzipSync(control), { keepControl: true })).toEqual({ texts: [control], counted: [] });
  });

  it.each([
    ["without events", logMessage("DATA_MESSAGE", [])],
    ["of another type", logMessage("OTHER", ["x"])],
    ["with an event that has no message", '{"messageType":"DATA_MESSAGE","logGroup":"g","logEvents":[{"id":"1","timestamp":1}]}'],
    [
      "with an event at a time that no calendar has",
      '{"messageType":"DATA_MESSAGE","logGroup":"g","logEvents":[{"id":"1","timestamp":8.64e15,"message":"m"},{"id":"2","timestamp":8640000000000001,"message":"m"}]}',
    ],
    ["that is cut", logMessage("DATA_MESSAGE", ["x"]).slice(0, -1)],
  ])("leaves an envelope %s as it is", (_, text) => {
    expect(outcome(text)).toEqual({ texts: [text], counted: [] });
  });
});

describe("what cannot be decoded is handed on as it came, and counted", () => {
  const gzip = gzipSync("hello hello hello hello");
  const zstd = zstdCompressSync("hello hello hello hello");
  const spoilt = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, index) => (index === at ? byte ^ 0xff : byte));

  it.each([
    ["gzip cut short (A14)", gzip.subarray(0, -3)],
    ["gzip with a wrong checksum", spoilt(gzip, gzip.length - 8)],
    ["gzip and then something else", Buffer.concat([gzip, Buffer.from("tail")])],
    ["the first bytes of gzip alone", gzip.subarray(0, 3)],
    ["zstd cut short", zstd.subarray(0, -3)],
    ["zstd and then something else", Buffer.concat([zstd, Buffer.from("tail, long enough for a frame")])],
    ["zstd with a second frame cut short", Buffer.concat([zstd, zstd.subarray(0, -1)])],
    ["zstd with a wrong size", spoilt(zstd, 5)],
    ["the first bytes of zstd alone", zstd.subarray(0, 4)],
  ])("%s", (_, data) => {
    const counted: string[] = [];
    const given = record(data);
    expect(decodePayload(given, auto, (counter) => counted.push(counter))).toEqual([given]);
    expect(counted).toHaveLength(1);
  });

  it.each([
    ["gzip beyond the size allowed", gzipSync(Buffer.alloc(100_001, "ab")), 100_000],
    ["zstd beyond the size allowed", zstdCompressSync(Buffer.alloc(100_001, "ab")), 100_000],
    ["two frames beyond it together", Buffer.concat([zstdCompressSync("a".repeat(60_000)), zstdCompressSync("b".repeat(60_000))]), 100_000],
    ["zstd beyond a thousand times of what was sent", zstdCompressSync(Buffer.alloc(10_000_000)), defaultMaxInflateBytes],
    ["gzip beyond a thousand times of what was sent", gzipSync(Buffer.alloc(20_000_000), { level: 9 }), defaultMaxInflateBytes],
  ])("%s is a bomb", (_, data, maxInflateBytes) => {
    const counted: string[] = [];
    const given = record(data);
    expect(decodePayload(given, { ...auto, maxInflateBytes }, (counter) => counted.push(counter))).toEqual([given]);
    expect(counted).toEqual(["decode_too_large"]);
  });

  it("any damage to a compressed payload", () => {
    const bytes = fc.tuple(fc.constantFrom(gzip, zstd), fc.nat(), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(bytes, ([payload, place, mask]) => {
        const damaged = payload.map((byte, index) => (index === place % payload.length ? byte ^ mask : byte));
        expect(decodePayload(record(damaged), auto, () => {})).toHaveLength(1);
      }),
    );
  });
});

describe("-decode base64", () => {
  it.each([
    ["plain", "aGVsbG8/"],
    ["for URLs", "aGVsbG8_"],
    ["in lines", "aGVs\nbG8/\r\n"],
    ["around gzip", gzipSync("hello?").toString("base64")],
  ])("takes it off %s", (_, text) => {
    expect(outcome(text, { decode: "base64" })).toEqual({ texts: ["hello?"], counted: [] });
  });

  it.each(["hello, world", "aGVsbG8_+", "aGVsb", "aGVsbA=", "aGVsbG8==", ""])("leaves %j alone", (text) => {
    expect(outcome(text, { decode: "base64" })).toEqual({ texts: [text], counted: ["decode_failed"] });
  });

  it("accepts a payload without its padding", () => {
    expect(outcome("aGVsbA", { decode: "base64" }).texts).toEqual(["hell"]);
  });
});

it("-decode none touches nothing", () => {
  const data = gzipSync("hello");
  expect(decodePayload(record(data), { ...auto, decode: "none" }, () => {})).toEqual([record(data)]);
});

describe("-split", () => {
  it("ndjson gives the lines", () => {
    expect(outcome('{"a":1}\r\n\n [2] \n"x"', { split: "ndjson" })).toEqual({ texts: ['{"a":1}', "[2]", '"x"'], counted: [] });
  });

  it("json gives values one after another", () => {
    const text = '{"a":"}{\\""}{"b":[1,{}]}\n[1] 2 "x""y"true';
    expect(outcome(text, { split: "json" })).toEqual({
      texts: ['{"a":"}{\\""}', '{"b":[1,{}]}', "[1]", "2", '"x"', '"y"', "true"],
      counted: [],
    });
  });

  it.each(["ndjson", "json"] as const)("%s leaves a payload that is anything else whole, and counts it", (split) => {
    for (const text of ["not json", '{"a":1}\n{"a":', '{"a":1}}', "", " \n"]) {
      expect(outcome(text, { split })).toEqual({ texts: [text], counted: ["split_failed"] });
    }
  });

  it("takes apart what was decoded", () => {
    expect(outcome(gzipSync("1\n2\n"), { split: "json" }).texts).toEqual(["1", "2"]);
    expect(outcome("1\n2\n", { decode: "none", split: "json" }).texts).toEqual(["1", "2"]);
  });

  it("never loses a value: joined values come apart again", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), (values) => {
        const texts = values.map((value) => JSON.stringify(value));
        expect(outcome(texts.join("\n"), { split: "ndjson" }).texts).toEqual(texts);
        expect(outcome(texts.join(" "), { split: "json" }).texts).toEqual(texts);
      }),
    );
  });
});
