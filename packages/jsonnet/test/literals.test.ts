import { describe, expect, it } from "vitest";
import { complaintOf, reportOf, textOf, valueOf } from "./programs.ts";

describe("numbers", () => {
  it.each([
    ["42", "42"],
    ["1e21", "1000000000000000000000"],
    ["0.1", "0.10000000000000001"],
    ["'' + 0.1", '"0.10000000000000001"'],
    ["-0", "-0"],
    ["0 - 0", "0"],
    ["1e-7", "9.9999999999999995e-08"],
    ["1.5", "1.5"],
    ["123456789.125", "123456789.125"],
    ["1e15 + 0.5", "1000000000000000.5"],
    ["9007199254740993", "9007199254740992"],
    ["1_000_000", "1000000"],
    ["1_2.3_4e1_0", "123400000000"],
    ["5e-324", "4.9406564584124654e-324"],
    ["1 / 3", "0.33333333333333331"],
  ])("prints %s as %s", (code, text) => {
    expect(textOf(code)).toBe(text);
  });

  it("prints a large whole number with all its digits", () => {
    expect(textOf("1e300")).toHaveLength(301);
  });

  it.each(["1.", "1.x", "1e", "1e+", "1_", "1__0", "1_.5", "0_1", "01", ".5"])("refuses %s", (code) => {
    expect(reportOf(code)).toMatch(/^STATIC ERROR: test\.jsonnet:1:/);
  });
});

describe("strings", () => {
  it.each([
    [String.raw`"a\"\\\/\b\f\n\r\t\u00e9"`, 'a"\\/\b\f\n\r\té'],
    [String.raw`'it''s'`.replace("''", "\\'"), "it's"],
    [`"it's"`, "it's"],
    [`@"C:\\"`, "C:\\"],
    [`@"a""b"`, 'a"b'],
    [`@'a''b\\n'`, "a'b\\n"],
    [String.raw`"\ud83d\ude00"`, "😀"],
    ['"two\nlines"', "two\nlines"],
  ])("reads %s", (code, value) => {
    expect(valueOf(code)).toBe(value);
  });

  it.each([
    [String.raw`"\ud83d"`, "surrogate"],
    [String.raw`"\q"`, "Unknown escape sequence"],
    [String.raw`"\u12"`, "escape"],
    ['"open', "Unterminated String"],
    ["@'open", "Unterminated String"],
    ["@x", "verbatim"],
  ])("refuses %s as a static error", (code, words) => {
    expect(reportOf(code)).toMatch(/^STATIC ERROR/);
    expect(complaintOf(code)).toContain(words);
  });

  it("counts and indexes by code point", () => {
    expect(valueOf(`local s = "a😀b"; [std.length(s), s[1], s[2], s[1:3], std.codepoint(s[1]), std.stringChars(s)]`)).toEqual([
      3,
      "😀",
      "b",
      "😀b",
      0x1f600,
      ["a", "😀", "b"],
    ]);
  });

  it("compares, sorts and orders fields by code point, where UTF-16 units would say otherwise", () => {
    expect(valueOf(String.raw`["\uffff" < "😀", std.sort(["😀", "\uffff"]), std.objectFields({ "😀": 1, "\uffff": 2 })]`)).toEqual([
      true,
      ["\uffff", "😀"],
      ["\uffff", "😀"],
    ]);
  });

  it("escapes control characters on output and nothing else", () => {
    expect(textOf(String.raw`"\u0000\u001f\u007f\u009f é€😀 </>"`)).toBe(String.raw`"\u0000\u001f\u007f\u009f é€😀 </>"`);
  });
});

describe("text blocks", () => {
  it("takes the first line's indentation off every line", () => {
    expect(valueOf("|||\n  one\n    two\n\n  three\n|||")).toBe("one\n  two\n\nthree\n");
  });

  it("drops the last newline with |||-", () => {
    expect(valueOf("|||-\n\tone\n\ttwo\n|||")).toBe("one\ntwo");
  });

  it("keeps leading empty lines and an indented terminator", () => {
    expect(valueOf("{ a: |||\n\n      x\n    |||, b: 1 }")).toEqual({ a: "\nx\n", b: 1 });
  });

  it("keeps DOS line ends of the text", () => {
    expect(valueOf("|||\r\n  a\r\n\r\n  b\r\n|||")).toBe("a\r\n\r\nb\r\n");
  });

  it("does not decode escapes", () => {
    expect(valueOf("|||\n  \\n\n|||")).toBe("\\n\n");
  });

  it.each([
    ["||| x\n|||", "requires new line"],
    ["|||\nx\n|||", "first line must start with whitespace"],
    ["|||\n  a\n b\n|||", "not terminated"],
    ["|||\n  a\n", "not terminated"],
    ["|||\n  a", "Unexpected EOF"],
  ])("refuses %j", (code, words) => {
    expect(complaintOf(code)).toContain(words);
  });
});

it("skips comments of all three kinds", () => {
  expect(valueOf("# shell\n// line\n/* block\n * more */ 1 /**/ + /* * */ 2")).toBe(3);
});

it("finds the end of a comment missing", () => {
  expect(complaintOf("1 /* open")).toContain("no terminating */");
});
