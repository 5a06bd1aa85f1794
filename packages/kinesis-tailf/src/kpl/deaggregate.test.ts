import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Aggregator } from "./aggregator.ts";
import { deaggregate } from "./deaggregate.ts";
import { magic, md5 } from "./frame.ts";

const bytesOf = (...parts: readonly (number | string | Uint8Array)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === "number" ? Uint8Array.of(part) : Buffer.from(part))));

/** The frame around any message, with the right digest. */
const framed = (...message: readonly (number | string | Uint8Array)[]): Uint8Array => {
  const body = bytesOf(...message);
  return bytesOf(magic, body, md5(body));
};

/** One key "k", and one record that is given as the bytes of its message. */
const withRecord = (...record: readonly (number | string | Uint8Array)[]): Uint8Array => {
  const body = bytesOf(...record);
  return framed(0x0a, 1, "k", 0x1a, body.length, body);
};

const one = { kind: "aggregated", records: [{ key: "k", explicitHashKey: null, data: Buffer.from("hi") }] };
const goodRecord = bytesOf(0x08, 0, 0x1a, 2, "hi");

describe("what is no aggregated record stays raw", () => {
  it.each<[string, Uint8Array]>([
    ["nothing", bytesOf()],
    ["three bytes of the prefix", magic.subarray(0, 3)],
    ["user data", bytesOf("hello, world, this is a line of text")],
    ["the prefix alone", magic],
    ...Array.from({ length: 16 }, (_, index): [string, Uint8Array] => [
      `the prefix and ${index + 1} bytes`,
      bytesOf(magic, Buffer.alloc(index + 1)),
    ]),
    ["the prefix and the digest of an empty message", framed()],
  ])("%s (A9)", (_, bytes) => {
    expect(deaggregate(bytes)).toEqual({ kind: "raw" });
  });

  it("one flipped bit of the digest is told (A10)", () => {
    const bytes = Uint8Array.from(withRecord(goodRecord));
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    expect(deaggregate(bytes)).toEqual({ kind: "raw", fault: "bad_md5" });
  });

  it("user data that happens to begin with the prefix is told by its digest (A12)", () => {
    expect(deaggregate(bytesOf(magic, "some binary protocol of somebody else"))).toEqual({ kind: "raw", fault: "bad_md5" });
  });
});

const manyBytes = (count: number): Uint8Array => Buffer.alloc(count, 0xff);

describe("a message that is not well formed leaves the record raw (A11)", () => {
  it.each([
    ["truncated in a record", framed(0x0a, 1, "k", 0x1a, 6, 0x08, 0, 0x1a, 2, "h")],
    ["a length past the end", framed(0x0a, 100, "k")],
    ["a length that ends in nothing", framed(0x0a)],
    ["a data length past the end of its record", withRecord(0x08, 0, 0x1a, 3, "hi")],
    ["no key index", withRecord(0x1a, 2, "hi")],
    ["no data", withRecord(0x08, 0)],
    ["a key index of the wrong wire type", withRecord(0x0a, 1, "x", 0x1a, 2, "hi")],
    ["a group", withRecord(goodRecord, 0x2b, 0x2c)],
    ["a wire type that does not exist", framed(0x0f)],
    ["field number 0", framed(0x02, 1, "k")],
    ["a length of six bytes", framed(0x0a, 0x81, 0x80, 0x80, 0x80, 0x80, 0, "k")],
    ["an index above 2^53", withRecord(0x08, manyBytes(7), 0x7f, 0x1a, 2, "hi")],
    ["an index of eleven bytes", withRecord(0x08, manyBytes(10), 1, 0x1a, 2, "hi")],
    ["an unknown number of eleven bytes", framed(0x28, manyBytes(10), 1)],
    ["an unknown number that ends in nothing", framed(0x28, 0x80)],
    ["an unknown fixed64 cut short", framed(0x29, 1, 2, 3)],
    ["a tag without a key", withRecord(goodRecord, 0x22, 3, 0x12, 1, "v")],
    ["one good record before a bad one", framed(0x0a, 1, "k", 0x1a, 6, goodRecord, 0x1a, 2, 0x08, 0)],
  ])("%s", (_, bytes) => {
    expect(deaggregate(bytes)).toEqual({ kind: "raw", fault: "bad_protobuf" });
  });
});

describe("an aggregated record", () => {
  it("gives its records as views, not copies", () => {
    const bytes = withRecord(goodRecord);
    const result = deaggregate(bytes);
    expect(result).toEqual(one);
    expect(result.kind === "aggregated" && result.records[0]?.data.buffer).toBe(bytes.buffer);
  });

  it.each([
    [
      "unknown fields of all four kinds",
      withRecord(goodRecord, 0x28, manyBytes(9), 1, 0x31, Buffer.alloc(8), 0x3d, Buffer.alloc(4), 0x42, 1, "x"),
    ],
    ["a table behind its records", framed(0x1a, 6, goodRecord, 0x0a, 1, "k")],
    ["a field given twice: the last counts", withRecord(0x08, 7, 0x1a, 1, "x", goodRecord)],
  ])("may have %s", (_, bytes) => {
    expect(deaggregate(bytes)).toEqual(one);
  });

  it("shows its tags", () => {
    const result = deaggregate(withRecord(goodRecord, 0x22, 6, 0x0a, 1, "a", 0x12, 1, "b", 0x22, 5, 0x0a, 1, "c", 0x18, 9));
    expect(result).toEqual({
      kind: "aggregated",
      records: [
        {
          ...one.records[0],
          tags: [
            { key: "a", value: "b" },
            { key: "c", value: null },
          ],
        },
      ],
    });
  });

  it("keeps a record whose index points outside of its table (A13)", () => {
    const records = [{ key: null, explicitHashKey: null, data: Buffer.from("hi"), badIndex: true }];
    expect(deaggregate(withRecord(0x08, 1, 0x1a, 2, "hi"))).toEqual({ kind: "aggregated", records });
    expect(deaggregate(withRecord(0x08, 0, 0x10, 0, 0x1a, 2, "hi"))).toEqual({
      kind: "aggregated",
      records: [{ ...records[0], key: "k" }],
    });
  });

  it("may hold no record at all (A13)", () => {
    expect(deaggregate(framed(0x0a, 1, "k"))).toEqual({ kind: "aggregated", records: [] });
  });
});

const outgoing = fc.record(
  {
    key: fc.oneof(fc.constantFrom("a", "b", "キー"), fc.string({ unit: "grapheme" })),
    explicitHashKey: fc.constantFrom("0", "340282366920938463463374607431768211455"),
    data: fc.uint8Array({ maxLength: 300 }),
  },
  { requiredKeys: ["key", "data"] },
);

describe("encoder and decoder", () => {
  it("agree: what is packed comes out again, in the size that was foretold", () => {
    fc.assert(
      fc.property(fc.array(outgoing, { minLength: 1, maxLength: 200 }), (records) => {
        const aggregator = new Aggregator();
        for (const record of records) aggregator.add(record);
        const foretold = aggregator.size;
        const packed = aggregator.take();
        expect(packed.length).toBe(foretold);
        expect(deaggregate(packed)).toEqual({
          kind: "aggregated",
          records: records.map(({ key, explicitHashKey, data }) => ({
            key,
            explicitHashKey: explicitHashKey ?? null,
            data: Buffer.from(data),
          })),
        });
      }),
    );
  });

  it("never give half a record: a message that is cut gives its first records whole, or stays raw", () => {
    fc.assert(
      fc.property(fc.array(outgoing, { minLength: 1, maxLength: 10 }), fc.nat(), (records, place) => {
        const aggregator = new Aggregator();
        for (const record of records) aggregator.add(record);
        const message = aggregator.take().subarray(magic.length, -16);
        const result = deaggregate(framed(message.subarray(0, 1 + (place % message.length))));
        const found = result.kind === "raw" ? [] : result.records.map(({ data }) => data);
        expect(found).toEqual(records.slice(0, found.length).map(({ data }) => Buffer.from(data)));
      }),
      { numRuns: 500 },
    );
  });

  it("never throw, whatever stands in the frame", () => {
    const whole = withRecord(goodRecord, 0x22, 6, 0x0a, 1, "a", 0x12, 1, "b").subarray(magic.length, -16);
    const damaged = fc.tuple(fc.nat(whole.length), fc.uint8Array({ maxLength: 6 })).map(([at, noise]) => {
      return bytesOf(whole.subarray(0, at), noise, whole.subarray(at + noise.length));
    });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), damaged), (message) => {
        const result = deaggregate(framed(message));
        expect(result.kind === "aggregated" ? "aggregated" : (result.fault ?? "raw")).toMatch(
          message.length === 0 ? /^raw$/ : /^(aggregated|bad_protobuf)$/,
        );
      }),
      { numRuns: 2_000 },
    );
  });
});
