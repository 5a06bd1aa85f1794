import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate, evaluateData, formatValue, parse, Source, type Json } from "../src/index.ts";
import { valueOf } from "./programs.ts";

// Text of whole characters: a lone surrogate is no text for this language.
const text = fc.string({ unit: "binary" }).filter((value) => value.isWellFormed());
const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    text,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(text, tie("value"), { maxKeys: 4 }),
  ),
})).value;

/** Field order does not matter in data; prototypes and the sign of zero do not exist in JSON text. */
const normal = (value: Json): unknown => JSON.parse(JSON.stringify(value));

describe("data", () => {
  it("comes back from the JSON that is printed for it", () => {
    fc.assert(
      fc.property(json, (value) => {
        const options = { extCode: { data: JSON.stringify(value) } };
        expect(JSON.parse(evaluate({ code: "std.extVar('data')" }, options))).toEqual(normal(value));
      }),
    );
  });

  it("survives std.manifestJson, minified JSON and std.toString, read by std.parseJson", () => {
    fc.assert(
      fc.property(json, (value) => {
        const code = `local data = std.parseJson(std.extVar('data'));
          [std.parseJson(f(data)) == data for f in [std.manifestJson, std.manifestJsonMinified, function(d) std.toString([d])[1:-1]]]`;
        expect(valueOf(code, { extVars: { data: JSON.stringify(value) } })).toEqual([true, true, true]);
      }),
    );
  });

  it("survives std.manifestYamlDoc, read by std.parseYaml", () => {
    // YAML has no way to write these controls that the reader takes back, and block text may not start with a blank.
    const plain = fc.string({ unit: fc.constantFrom(..."ab:#-'\"é😀 ,{}[]&*!|>%@`\\") });
    fc.assert(
      fc.property(fc.dictionary(plain, fc.oneof(plain, fc.array(plain), fc.integer(), fc.boolean())), (value) => {
        const code = "local data = std.parseJson(std.extVar('data')); std.parseYaml(std.manifestYamlDoc(data)) == data";
        expect(valueOf(code, { extVars: { data: JSON.stringify(value) } })).toBe(true);
      }),
    );
  });

  it("comes back from the program that formatValue writes", () => {
    fc.assert(
      fc.property(json, (value) => {
        const code = formatValue(value);
        expect(parse(new Source("formatted", code)).body.start).toBe(0);
        expect(normal(evaluateData({ code }))).toEqual(normal(value));
      }),
    );
  });

  it("prints every number so that it reads back exactly", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(evaluate({ code: "std.extVar('n')" }, { extCode: { n: `std.parseJson('${JSON.stringify(value)}')` } }))).toBe(
          value + 0 || Math.abs(value),
        );
      }),
    );
  });
});

describe("sorting", () => {
  const numbersOf = (code: string, list: readonly number[]): Json => valueOf(code, { extCode: { list: JSON.stringify(list) } });

  it("orders, keeps every element and changes nothing the second time", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (list) => {
        const sorted = numbersOf("std.sort(std.extVar('list'))", list);
        expect(sorted).toEqual(list.toSorted((a, b) => a - b));
        expect(numbersOf("local s = std.sort(std.extVar('list')); std.sort(s) == s", list)).toBe(true);
      }),
    );
  });

  it("keeps the order of equal keys", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 60 }), (keys) => {
        const code = "[r.i for r in std.sort(std.mapWithIndex(function(i, k) { i: i, k: k }, std.extVar('list')), function(r) r.k)]";
        const order = keys.map((key, i) => ({ key, i })).toSorted((a, b) => a.key - b.key);
        expect(numbersOf(code, keys)).toEqual(order.map(({ i }) => i));
      }),
    );
  });

  it("orders strings like their code points", () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), (list) => {
        const points = (value: string): number[] => Array.from(value, (char) => char.codePointAt(0) ?? 0);
        const code =
          "local s = std.sort(std.extVar('list')); std.map(std.encodeUTF8, s) == std.sort(std.map(std.encodeUTF8, s)) && std.length(s)";
        expect(valueOf(code.replace(" && std.length(s)", ""), { extCode: { list: JSON.stringify(list) } })).toBe(true);
        expect(points("\uffff")[0]).toBeLessThan(points("😀")[0] ?? 0);
      }),
    );
  });

  it("makes sets that obey the laws of sets", () => {
    const list = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 12 });
    fc.assert(
      fc.property(list, list, (a, b) => {
        const code =
          "local a = std.set(std.extVar('a')), b = std.set(std.extVar('b')); [std.setUnion(a, b), std.setInter(a, b), std.setDiff(a, b)]";
        const sorted = (list: readonly number[]): number[] => [...new Set(list)].toSorted((m, n) => m - n);
        expect(valueOf(code, { extCode: { a: JSON.stringify(a), b: JSON.stringify(b) } })).toEqual([
          sorted([...a, ...b]),
          sorted(a.filter((n) => b.includes(n))),
          sorted(a.filter((n) => !b.includes(n))),
        ]);
      }),
    );
  });
});

describe("strings", () => {
  it("are counted, cut and joined by character", () => {
    fc.assert(
      fc.property(text, fc.nat(10), fc.nat(10), (value, from, length) => {
        const characters = Array.from(value);
        const code = `local s = std.extVar('s'); [std.length(s), std.substr(s, ${from}, ${length}), s[${from}:], std.join('', std.stringChars(s)) == s]`;
        expect(valueOf(code, { extVars: { s: value } })).toEqual([
          characters.length,
          characters.slice(from, from + length).join(""),
          characters.slice(from).join(""),
          true,
        ]);
      }),
    );
  });

  it("come back from UTF-8, base64 and JSON escapes", () => {
    fc.assert(
      fc.property(text, (value) => {
        const code = `local s = std.extVar('s');
          [std.decodeUTF8(std.encodeUTF8(s)) == s, std.base64Decode(std.base64(std.encodeUTF8(s))) == s, std.parseJson(std.escapeStringJson(s)) == s]`;
        expect(valueOf(code, { extVars: { s: value } })).toEqual([true, true, true]);
      }),
    );
  });

  it("split and join again", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "b", ",", "é") }), (value) => {
        expect(valueOf("local s = std.extVar('s'); std.join(',', std.split(s, ',')) == s", { extVars: { s: value } })).toBe(true);
      }),
    );
  });
});

it("formats whole numbers like C's printf", () => {
  const flags = fc.subarray(["-", "0", "+", " "]).map((list) => list.join(""));
  fc.assert(
    fc.property(flags, fc.nat(12), fc.integer({ min: -1e6, max: 1e6 }), (flag, width, value) => {
      const sign = value < 0 ? "-" : flag.includes("+") ? "+" : flag.includes(" ") ? " " : "";
      const digits = String(Math.abs(value));
      const padded = flag.includes("0") && !flag.includes("-") ? digits.padStart(width - sign.length, "0") : digits;
      const expected = flag.includes("-") ? (sign + padded).padEnd(width) : (sign + padded).padStart(width);
      expect(valueOf(`'%${flag}${width === 0 ? "" : width}d' % ${value}`)).toBe(expected);
    }),
  );
});
