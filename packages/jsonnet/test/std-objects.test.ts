import { describe, expect, it } from "vitest";
import { complaintOf, textOf, valueOf } from "./programs.ts";

const object = "{ b: 1, a: { c: null }, h:: 2 }";

it.each([
  [`std.objectFields(${object})`, ["a", "b"]],
  [`std.objectFieldsAll(${object})`, ["a", "b", "h"]],
  [`std.objectFieldsEx(${object}, true)`, ["a", "b", "h"]],
  [`std.objectValues(${object})`, [{ c: null }, 1]],
  [`std.objectValuesAll(${object})[2]`, 2],
  [`std.objectKeysValues({ x: 1 })`, [{ key: "x", value: 1 }]],
  [`std.objectKeysValuesAll({ x:: 1 })`, [{ key: "x", value: 1 }]],
  [`[std.objectHas(${object}, 'h'), std.objectHasAll(${object}, 'h'), std.objectHasEx(${object}, 'h', false)]`, [false, true, false]],
  [`std.length(${object})`, 2],
  [`[std.get(${object}, 'h'), std.get(${object}, 'z'), std.get(${object}, 'z', 5), std.get(${object}, 'h', 6, false)]`, [2, null, 5, 6]],
  ["std.objectRemoveKey({ a: 1, b: 2 }, 'a')", { b: 2 }],
  ["std.objectFieldsAll(std.objectRemoveKey({ a: 1, b: 2, c:: 3 }, 'a'))", ["b", "c"]],
  ["std.objectRemoveKey({ a: 1, b: self.c, c: 2 }, 'a') { c: 3 }", { b: 3, c: 3 }],
  ["std.objectRemoveKey({ a: 1 } { a: super.a, b: super.a }, 'a')", { b: 1 }],
  ["std.objectRemoveKey({ a: 1 }, 'a') { a: 2 }", { a: 2 }],
  ["std.mapWithKey(function(k, v) k + v, { a: 1, b:: 2 })", { a: "a1" }],
  ["std.prune({ a: [], b: {}, c: null, d: [null, { e: [] }, 1], f: '' })", { d: [1], f: "" }],
  ["std.mergePatch({ a: 1, b: { c: 2, d: 3 } }, { a: null, b: { c: null, e: 4 } })", { b: { d: 3, e: 4 } }],
  ["std.mergePatch({ a: [1] }, { a: [2] })", { a: [2] }],
  ["std.mergePatch({ a: 1 }, 5)", 5],
  ["std.mergePatch(1, { a: { b: null, c: 1 } })", { a: { c: 1 } }],
  ["std.mergePatch({ h:: 1 }, { a: 1 })", { a: 1 }],
])("%s", (code, value) => {
  expect(valueOf(code)).toEqual(value);
});

it.each([
  ["null", "null"],
  ["true", "boolean"],
  ["1", "number"],
  ["''", "string"],
  ["[]", "array"],
  ["{}", "object"],
  ["std.length", "function"],
  ["function() 1", "function"],
])("std.type(%s) is %s", (code, type) => {
  expect(valueOf(`std.type(${code})`)).toBe(type);
});

it("tests for types", () => {
  const tests = ["isNull", "isBoolean", "isNumber", "isString", "isArray", "isObject", "isFunction"];
  expect(
    valueOf(`[[f(v) for v in [null, true, 1, '', [], {}, std.id]] for f in [${tests.map((test) => `std.${test}`).join(", ")}]]`),
  ).toEqual(tests.map((_, i) => tests.map((__, j) => i === j)));
});

describe("mathematics", () => {
  it.each([
    ["[std.abs(-2), std.sign(-3), std.sign(0), std.max(1, 2), std.min(1, 2)]", [2, -1, 0, 2, 1]],
    ["[std.pow(2, 10), std.sqrt(16), std.floor(-1.5), std.ceil(-1.5), std.round(2.5), std.round(-2.5)]", [1024, 4, -2, -1, 3, -3]],
    [
      "[std.exponent(128), std.mantissa(128), std.exponent(0), std.mantissa(-5), std.exponent(5e-324), std.mantissa(5e-324)]",
      [8, 0.5, 0, -0.625, -1073, 0.5],
    ],
    ["[std.log2(8), std.log10(1000), std.exp(0), std.log(1), std.hypot(3, 4)]", [3, 2.9999999999999996, 1, 0, 5]],
    ["[std.sin(0), std.cos(0), std.tan(0), std.asin(0), std.acos(1), std.atan(0), std.atan2(0, 1)]", [0, 1, 0, 0, 0, 0, 0]],
    ["[std.deg2rad(180) == std.pi, std.rad2deg(std.pi)]", [true, 180]],
    ["[std.isEven(4), std.isOdd(-3), std.isInteger(1.5), std.isDecimal(1.5)]", [true, true, false, true]],
    ["[std.clamp(-3, 0, 5), std.clamp(4, 0, 5), std.clamp(7, 0, 5)]", [0, 4, 5]],
    ["[std.mod(7, 4), std.modulo(-7, 4), std.xor(true, false), std.xnor(true, false)]", [3, -3, true, false]],
    ["[std.primitiveEquals(1, 1), std.equals([1], [1]), std.id(3), std.__compare([1], [2])]", [true, true, 3, -1]],
  ])("%s", (code, value) => {
    expect(valueOf(code)).toEqual(value);
  });

  it.each([
    ["std.sqrt(-1)", "Not a number"],
    ["std.log(0)", "Overflow"],
    ["std.pow(10, 400)", "Overflow"],
    ["std.abs('x')", "std.abs expected number, got string"],
    ["std.max(1, [])", "std.max second param expected number, got array"],
  ])("%s: %s", (code, message) => {
    expect(complaintOf(code)).toBe(message);
  });
});

describe("errors", () => {
  it.each([
    ["std.length(1)", "Unexpected type number"],
    ["std.objectHas({}, 1)", "Unexpected type number, expected string"],
    ["std.objectFields([])", "Unexpected type array, expected object"],
    ["std.mapWithKey(function(k, v) v, [])", "std.mapWithKey second param must be object, got array"],
    ["std.primitiveEquals([], [])", "primitiveEquals operates on primitive types, got array"],
    ["std.nope", "Field does not exist: nope"],
    ["std.extVar('x')", "Undefined external variable: x"],
  ])("%s: %s", (code, message) => {
    expect(complaintOf(code)).toBe(message);
  });
});

it("is an ordinary object whose fields are hidden", () => {
  expect(textOf("std")).toBe("{ }");
  expect(valueOf("local std = { length(x): 'mine' }; std.length(1)")).toBe("mine");
  expect(valueOf("local lib = std; lib.length('abc') + (std { length(x):: 5 }).length('abc')")).toBe(8);
});
