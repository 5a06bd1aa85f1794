import { describe, expect, it } from "vitest";
import { complaintOf, textOf, valueOf } from "./programs.ts";

it.each([
  ["std.encodeUTF8('é😀')", [195, 169, 240, 159, 152, 128]],
  ["std.decodeUTF8([195, 169])", "é"],
  ["std.decodeUTF8([65, 255, 66])", "A\ufffdB"],
  ["std.base64('Hello Worl')", "SGVsbG8gV29ybA=="],
  ["std.base64([0, 255])", "AP8="],
  ["std.base64('ÿ')", "w78="],
  ["std.base64Decode('w6k=')", "é"],
  ["std.base64Decode('SGVs\\r\\nbG\\r\\n8=')", "Hello"],
  ["std.base64Decode('SGVsbG8gV29ybGQh')", "Hello World!"],
  ["std.base64DecodeBytes('AP8=')", [0, 255]],
  ["std.md5('abc')", "900150983cd24fb0d6963f7d28e17f72"],
  ["std.sha1('abc')", "a9993e364706816aba3e25717850c26c9cd0d89d"],
  ["std.sha256('abc')", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  [
    "std.sha512('abc')",
    "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
  ],
  [
    "std.sha3('abc')",
    "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0",
  ],
  [
    "std.sha3('')",
    "a69f73cca23a9ac5c8b567dc185a756e97c982164fe25859e0d1dcc1475c80a615b2123af1f5f94c11e3e9402c3ac558f500199d95b6d3e301758586281dcd26",
  ],
  ["std.parseInt('-12')", -12],
  ["std.parseOctal('0755')", 493],
  ["std.parseHex('fF')", 255],
  [`std.parseJson('{"a": [1.5e3, null, true, "\\\\u00e9"], "a": 2}')`, { a: 2 }],
])("%s", (code, value) => {
  expect(valueOf(code)).toEqual(value);
});

it("hashes more than a block like any other implementation", async () => {
  const { createHash } = await import("node:crypto");
  for (const length of [71, 72, 73, 144, 1000]) {
    const text = "x".repeat(length);
    expect(valueOf(`std.sha3('${text}')`)).toBe(createHash("sha3-512").update(text).digest("hex"));
  }
});

describe("std.parseYaml", () => {
  it.each([
    ["a: 1", { a: 1 }],
    ["---\na: 1", [{ a: 1 }]],
    ["a: 1\n---\nb: 2", [{ a: 1 }, { b: 2 }]],
    ["", null],
    ["- yes\n- off\n- 'yes'\n- y", [true, false, "yes", true]],
    ["[007, 0x1F, 1_000, 0o7, 1e3, .5]", [7, 31, 1000, 7, 1000, 0.5]],
    ["[2001-12-14, 2001-12-14t21:59:43.10-05:00, 1:30, 12:30:45]", ["2001-12-14", "2001-12-14t21:59:43.10-05:00", "1:30", "12:30:45"]],
    ["base: &b { u: 1, v: 2 }\nderived:\n  <<: *b\n  v: 3", { base: { u: 1, v: 2 }, derived: { u: 1, v: 3 } }],
    ["a: |\n  text\n  more\nb: >\n  folded\n  line", { a: "text\nmore\n", b: "folded line\n" }],
    ["{1: a, true: b}", { 1: "a", true: "b" }],
    ["a: ~\nb:", { a: null, b: null }],
    ["a: 1\na: 2", { a: 2 }],
    ["42", 42],
    ["---", [null]],
    ["# note\n---\na: 1\n---\n# nothing\n", [null, { a: 1 }, null]],
    ["a: 1\n---a: 2", { a: 1, "---a": 2 }],
    ["a: !!binary aGk=\nb: !!set {u, v}", { a: "hi", b: { u: null, v: null } }],
  ])("%j", (yaml, value) => {
    expect(valueOf("std.parseYaml(std.extVar('yaml'))", { extVars: { yaml } })).toEqual(value);
  });

  it("refuses what is no YAML", () => {
    expect(complaintOf("std.parseYaml('a: [')")).toMatch(/^failed to parse YAML: /);
    expect(complaintOf("std.parseYaml('[.nan]')")).toMatch(/NaN/);
  });
});

describe("errors", () => {
  it.each([
    ["std.parseInt('1x')", "1x is not a base 10 integer"],
    ["std.parseOctal('8')", "8 is not a base 8 integer"],
    ["std.parseHex('g')", "g is not a base 16 integer"],
    ["std.base64([256])", "base64 encountered invalid codepoint value in the array (must be 0 <= X <= 255), got 256"],
    ["std.base64('Ā')", "base64 encountered invalid codepoint value in the array (must be 0 <= X <= 255), got 256"],
    ["std.base64(1)", "base64 can only base64 encode strings / arrays of single bytes, got number"],
    ["std.base64Decode('wrong')", "input string appears not to be a base64 encoded string. Wrong length found (5)"],
    ["std.base64Decode('ab!=')", "failed to decode: illegal base64 data at input byte 2"],
    ["std.base64Decode('ĀQ=')", "failed to decode: illegal base64 data at input byte 0"],
    ["std.decodeUTF8(['a'])", "Element 0 of the provided array was not a number"],
    ["std.base64(['a'])", "base64 encountered a non-integer value in the array, got string"],
    ["std.decodeUTF8([1.5])", "Element 0 of the provided array was not an integer"],
  ])("%s: %s", (code, message) => {
    expect(complaintOf(code)).toBe(message);
  });

  it("refuses broken JSON", () => {
    expect(complaintOf("std.parseJson('{')")).toMatch(/^failed to parse JSON: /);
  });
});

it("keeps a field called __proto__", () => {
  expect(textOf(`std.parseJson('{"__proto__": 1}')`)).toBe('{\n   "__proto__": 1\n}');
});
