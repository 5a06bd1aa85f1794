import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Framing, parseDelimiter } from "./framing.ts";
import { createSplitter, type Piece, TruncatedInput } from "./splitter.ts";

const lines: Framing = { kind: "delimited", delimiter: Buffer.from("\n"), dropCr: true };

function split(framing: Framing, chunks: readonly (string | Uint8Array)[], cap = 1000): Piece[] {
  const splitter = createSplitter({ framing, cap, suffix: undefined });
  return [...chunks.flatMap((chunk) => splitter.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk)), ...splitter.end()];
}

const texts = (pieces: readonly Piece[]): (string | undefined)[] => pieces.map(({ data }) => data && Buffer.from(data).toString());

/** The input in pieces cut at these places. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, at) => bytes.subarray(ends[at - 1] ?? 0, end));
}

describe("splitting", () => {
  it("gives the same records however the input arrives, and accounts for every byte", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "b", "\r", "\n", ";") }),
        fc.array(fc.nat()),
        fc.constantFrom("\n", ";;", "\r\n"),
        (text, places, delimiter) => {
          const framing = { kind: "delimited", delimiter: Buffer.from(delimiter), dropCr: false } as const;
          const pieces = split(framing, cut(Buffer.from(text), places));
          const expected = text.split(delimiter);
          if (expected.at(-1) === "") expected.pop();
          expect(texts(pieces)).toEqual(expected);
          expect(pieces.reduce((sum, { taken }) => sum + taken, 0)).toBe(Buffer.byteLength(text));
        },
      ),
    );
  });

  it("lets the bytes of an endless record go, and says how long it was", () => {
    const pieces = split(lines, ["ab\n", "x".repeat(600), "x".repeat(600), "xx\r", "\ncd"]);
    expect(pieces.map(({ data, length, taken }) => [data?.length, length, taken])).toEqual([
      [2, 2, 3],
      [undefined, 1202, 1204],
      [2, 2, 2],
    ]);
  });

  it("takes a record of exactly the cap whose CR and LF come later", () => {
    expect(split(lines, ["x".repeat(1000), "\r", "\n"])[0]?.data?.length).toBe(1000);
    expect(split(lines, ["x".repeat(1001), "\n"])[0]?.data).toBeUndefined();
  });

  it("reads prefixed records in any pieces and passes over one that is too long", () => {
    const prefixed = Buffer.concat([
      Buffer.of(0, 0, 0, 1),
      Buffer.from("a"),
      Buffer.of(0, 0, 4, 0),
      Buffer.alloc(1024),
      Buffer.of(0, 0, 0, 0),
    ]);
    fc.assert(
      fc.property(fc.array(fc.nat()), (places) => {
        const pieces = split({ kind: "length-prefixed" }, cut(prefixed, places));
        expect(pieces.map(({ data, length }) => [data?.length, length])).toEqual([
          [1, 1],
          [undefined, 1024],
          [0, 0],
        ]);
      }),
    );
  });

  it("does not send the beginning of a prefixed record as a record", () => {
    expect(() => split({ kind: "length-prefixed" }, [Buffer.of(0, 0, 0, 2, 65)])).toThrow(TruncatedInput);
  });

  it("makes one record of a whole input, of an empty one too", () => {
    expect(texts(split({ kind: "whole" }, ["a\n", "b"]))).toEqual(["a\nb"]);
    expect(texts(split({ kind: "whole" }, []))).toEqual([""]);
    expect(split({ kind: "whole" }, ["x".repeat(2000)])).toEqual([{ data: undefined, length: 2000, taken: 2000 }]);
  });
});

describe("parseDelimiter", () => {
  it.each([
    ["\\n", "0a"],
    ["\\0", "00"],
    ["\\x1e", "1e"],
    ["\\r\\n", "0d0a"],
    ["a\\\\b", "615c62"],
    ["é", "c3a9"],
  ])("reads %s", (text, hex) => {
    expect(Buffer.from(parseDelimiter(text)).toString("hex")).toBe(hex);
  });

  it.each(["", "\\q", "\\", "\\x1"])("refuses %j", (text) => {
    expect(() => parseDelimiter(text)).toThrow(/delimiter|escape/);
  });
});
