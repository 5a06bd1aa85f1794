import { describe, expect, it } from "vitest";
import { complaintOf, valueOf } from "./programs.ts";

it.each([
  ["std.toString([1, 'a', { b: null }])", '[1, "a", {"b": null}]'],
  ["std.toString('a')", "a"],
  ["std.char(128512) + std.char(97)", "😀a"],
  ["std.codepoint('é')", 233],
  ["std.substr('cookie', 1, 3)", "ook"],
  ["std.substr('a😀b', 1, 9)", "😀b"],
  ["std.substr('abc', 5, 1)", ""],
  ["std.startsWith('jsonnet', 'json')", true],
  ["std.endsWith('jsonnet', 'net')", true],
  ["std.stripChars('aaabbbbcccc', 'ac')", "bbbb"],
  ["std.lstripChars('  a ', ' ')", "a "],
  ["std.rstripChars('xyx', 'x')", "xy"],
  ["std.stripChars('aaa', 'a')", ""],
  ["std.trim(' \\t\\n a b \\r\\f')", "a b"],
  ["std.split('a/b//c', '/')", ["a", "b", "", "c"]],
  ["std.split('foo/_bar', '/_')", ["foo", "bar"]],
  ["std.splitLimit('a,b,c', ',', 1)", ["a", "b,c"]],
  ["std.splitLimit('a,b,c', ',', -1)", ["a", "b", "c"]],
  ["std.splitLimit('a,b', ',', 0)", ["a,b"]],
  ["std.splitLimitR('/_foo/_bar', '/_', 1)", ["/_foo", "bar"]],
  ["std.splitLimitR('a,b,c', ',', -1)", ["a", "b", "c"]],
  ["std.strReplace('I like to skate with my skateboard', 'skate', 'surf')", "I like to surf with my surfboard"],
  ["std.strReplace('a$b', '$', '$&')", "a$&b"],
  ["std.isEmpty('')", true],
  ["std.asciiUpper('straße é 1')", "STRAßE é 1"],
  ["std.asciiLower('ÀBC')", "Àbc"],
  ["std.equalsIgnoreCase('foO', 'FOo')", true],
  ["std.stringChars('añ')", ["a", "ñ"]],
  ["std.findSubstr('aa', 'aaaa')", [0, 1, 2]],
  ["std.findSubstr('b', '😀b')", [1]],
  ["std.findSubstr('', 'abc')", []],
  ["std.lines(['a', null, 'b'])", "a\nb\n"],
  ["std.deepJoin(['a', ['b', ['c']]])", "abc"],
  ["std.escapeStringJson('a\"\\n')", '"a\\"\\n"'],
  ["std.escapeStringPython('é\\t')", '"é\\t"'],
  ['std.escapeStringBash("it\'s")', `'it'"'"'s'`],
  ["std.escapeStringDollars('${A}$$')", "$${A}$$$$"],
  [`std.escapeStringXML("<a href='x'>&\\"")`, "&lt;a href=&apos;x&apos;&gt;&amp;&quot;"],
  ["std.resolvePath('a/b/c', 'd')", "a/b/d"],
  ["std.repeat('ab', 3)", "ababab"],
  ["std.join('-', ['a', null, 'b'])", "a-b"],
])("%s", (code, value) => {
  expect(valueOf(code)).toEqual(value);
});

describe("errors", () => {
  it.each([
    ["std.substr('a', 0, -1)", "substr third parameter should be greater than zero, got -1"],
    ["std.substr(1, 0, 1)", "substr first parameter should be a string, got number"],
    ["std.split('a', '')", "std.split second parameter must have length 1 or greater, got 0"],
    ["std.strReplace('a', '', 'b')", "'from' string must not be zero length."],
    ["std.codepoint('ab')", "codepoint takes a string of length 1, got length 2"],
    ["std.char(1114112)", "Invalid unicode codepoint, got 1.114112e+06"],
    ["std.char(-1)", "Codepoints must be >= 0, got -1"],
    ["std.substr('hello', 0, 1.2)", "substr third parameter should be an integer, got 1.200000"],
    ["std.join('-', [1])", "Unexpected type number, expected string"],
    ["std.asciiLower(1)", "Unexpected type number, expected string"],
  ])("%s: %s", (code, message) => {
    expect(complaintOf(code)).toBe(message);
  });

  it("refuses to build a string beyond half a gigabyte", () => {
    expect(complaintOf("std.repeat('x', 1e9)")).toBe("String of more than 500000000 characters");
    expect(complaintOf("local double(s, n) = if n == 0 then s else double(s + s, n - 1) tailstrict; std.length(double('x', 30))")).toBe(
      "String of more than 500000000 characters",
    );
  });
});
