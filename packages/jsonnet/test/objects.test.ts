import { describe, expect, it } from "vitest";
import { complaintOf, reportOf, textOf, valueOf } from "./programs.ts";

it.each([
  ["{ a: 1, 'b c': 2, ['d' + 'e']: 3, [null]: 4, [if false then 'x']: 5 }", { a: 1, "b c": 2, de: 3 }],
  ["{ a: 1, b: self.a, c: $.b }", { a: 1, b: 1, c: 1 }],
  ["{ a: { b: $.c, d: self.b }, c: 3 }", { a: { b: 3, d: 3 }, c: 3 }],
  ["{ local x = 1, local f(y) = x + y, a: f(2), b: x }", { a: 3, b: 1 }],
  ["{ a: 1 } { b: 2 }", { a: 1, b: 2 }],
  ["{ a: 1, b: self.a } + { a: 2 }", { a: 2, b: 2 }],
  ["{ a: 1 } + { a: super.a + 1 } + { a: super.a * 10 }", { a: 20 }],
  ["{ a: { b: 1 } } + { a+: { c: 2 } }", { a: { b: 1, c: 2 } }],
  ["{ a+: { c: 2 } }", { a: { c: 2 } }],
  ["{ a: 'x' } + { a+: 'y' }", { a: "xy" }],
  ["{ a: [1] } + { ['a']+: [2] }", { a: [1, 2] }],
  ["{ a:: 1 } + { a+: 2, b: self.a }", { b: 3 }],
  ["{ a: 1, b:: 2, c::: 3 }", { a: 1, c: 3 }],
  ["[{ a:: 1 } { a: 2 }, { a: 1 } { a:: 2 }, { a:: 1 } { a::: 2 }, { a::: 1 } { a: 2 }]", [{}, {}, { a: 2 }, { a: 2 }]],
  ["{ a: { x: 1, y: super.x } }.a.x", 1],
  ["local o = { a: 1 }; o { b: super.a, c: 'a' in super, d: 'z' in super }", { a: 1, b: 1, c: true, d: false }],
  ["({ a: 1 } + { b: super['a'] }).b", 1],
  ["local base = { f(x):: x + 1 }; (base { f(x):: super.f(x) * 2 }).f(1)", 4],
  ["{ a: { b: { c: 1 } } } + { a+: { b+: { d: self.c } } }", { a: { b: { c: 1, d: 1 } } }],
  ["{ assert self.a > 0, a: 1 } { a: 2 }", { a: 2 }],
  ["{ [k]: 1 for k in ['b', 'a'] }", { a: 1, b: 1 }],
  ["{ [k + v]: k for k in ['a', 'b'] for v in ['1', '2'] if k + v != 'a2' }", { a1: "a", b1: "b", b2: "b" }],
  ["{ local y = x + 1, ['k' + x]: y for x in [1, 2] }", { k1: 2, k2: 3 }],
  ["{ ['k' + x]+: [x] for x in [1] }", { k1: [1] }],
  ["{ k1: [0] } + { ['k' + x]+: [x] for x in [1] }", { k1: [0, 1] }],
  ["{ a: { [x]: $.n for x in ['q'] }, n: 5 }", { a: { q: 5 }, n: 5 }],
  ["{ [k]: self.b for k in ['a'] } + { b: 3 }", { a: 3, b: 3 }],
  ["[x * y for x in [1, 2] for y in [10, 20] if x * y != 20]", [10, 40]],
  ["[x for x in []]", []],
  ["[f() for f in [function() i for i in [1, 2, 3]]]", [1, 2, 3]],
  ["{ a: 1, a2: 2 }['a' + 2]", 2],
  ["local o = { x: 1, y: { z: self.w, w: $.x } }; o { x: 2 }", { x: 2, y: { z: 2, w: 2 } }],
  ["{ 'self': 1, 'a b': self['self'] }", { self: 1, "a b": 1 }],
  ["{ __proto__: 1, constructor: 2, toString: 3 }", JSON.parse('{ "__proto__": 1, "constructor": 2, "toString": 3 }')],
  ["std.objectHas({}, 'constructor')", false],
  ["{ local a = self.b, b: 1, c: a } + { b: 5 }", { b: 5, c: 5 }],
  ["local o = { a: 1, local s = super.q, b: 2 }; o.a", 1],
])("%s", (code, value) => {
  expect(valueOf(code)).toEqual(value);
});

it("keeps hidden, removed and inherited fields apart in objects of many layers", () => {
  const code = `local o = std.foldl(function(acc, i) acc + { ['k%d' % i]: i, last: i, first+: [i] }, std.range(1, 50), { h:: 1 });
    [std.length(o), o.last, std.length(o.first), o.h, std.objectHas(std.objectRemoveKey(o, 'k7'), 'k7'), (o { k9:: 0, k8: super.k8 * 2 }).k8]`;
  expect(valueOf(code)).toEqual([52, 50, 50, 1, false, 16]);
});

it("prints empty values with a blank", () => {
  expect(textOf("{ a: {}, b: [], c: [[]] }")).toBe('{\n   "a": { },\n   "b": [ ],\n   "c": [\n      [ ]\n   ]\n}');
});

describe("slices", () => {
  it.each([
    ["[0, 1, 2, 3, 4][1:3]", [1, 2]],
    ["[0, 1, 2, 3, 4][::2]", [0, 2, 4]],
    ["[0, 1, 2, 3, 4][1::2]", [1, 3]],
    ["[0, 1, 2, 3, 4][:4:3]", [0, 3]],
    ["[0, 1, 2, 3, 4][3:]", [3, 4]],
    ["[0, 1, 2, 3, 4][:]", [0, 1, 2, 3, 4]],
    ["[0, 1, 2][-2:]", [1, 2]],
    ["[0, 1, 2][:-1]", [0, 1]],
    ["[0, 1, 2][2:1]", []],
    ["[0, 1, 2][1:99]", [1, 2]],
    ["'hello'[1:3]", "el"],
    ["'hello'[::2]", "hlo"],
    ["'hello'[-3:]", "llo"],
  ])("%s", (code, value) => {
    expect(valueOf(code)).toEqual(value);
  });
});

describe("errors", () => {
  it.each([
    ["{ a: 1 }.b", "Field does not exist: b"],
    ["{ a: super.b }", "Attempt to use super when there is no super class."],
    ["{} { a: super.b }", "Field does not exist: b"],
    ["{ a: 1, a: 2 }", "Duplicate field: a"],
    ["{ ['a']: 1, a: 2 }", 'Duplicate field name: "a"'],
    ["{ [k]: 1 for k in ['a', 'a'] }", 'Duplicate field name: "a"'],
    ["{ [1]: 2 }", "Field name must be string, got number"],
    ["{ [k]: 1 for k in [true] }", "Field name must be string, got boolean"],
    ["{ assert self.a == 1, a: 2 }", "Object assertion failed."],
    ["{ assert self.a == 1 : 'a is ' + self.a, a: 2 }.a", "a is 2"],
    ["({ assert false : 'base' } { assert false : 'derived' }).x", "derived"],
    ["[1][1]", "Index 1 out of bounds, not within [0, 1)"],
    ["[1][-1]", "Index -1 out of bounds, not within [0, 1)"],
    ["[1, 2, 3][18446744073709551616]", "Index 18446744073709551616 out of bounds, not within [0, 3)"],
    ["'abc'[3]", "Index 3 out of bounds, not within [0, 3)"],
    ["[1]['a']", "Unexpected type string, expected number"],
    ["{}[1]", "Unexpected type number, expected string"],
    ["null.a", "Value non indexable: null"],
    ["[x for x in 'abc']", "Unexpected type string, expected array"],
    ["[x for x in {}]", "Unexpected type object, expected array"],
    ["{ [x]: 1 for x in 'abc' }", "Unexpected type string, expected array"],
    ["{ f(x)+: 1 }", "Cannot use +: syntax sugar in a method: f"],
    ["{ [k]:: 1 for k in [] }", "Object comprehensions cannot have hidden fields."],
    ["{ a: 1 for k in [] }", "Object comprehensions can only have [e] fields."],
    ["{ ['a']: 1, ['b']: 2 for k in [] }", "Object comprehension can only have one field."],
    ["{ assert true, ['a']: 1 for k in [] }", "Object comprehension cannot have asserts."],
    ["{ local x = 1, local x = 2, a: x }", "Duplicate local var: x"],
    ["[1, 2][::0]", "got 0 but step must be greater than 0"],
    ["{ a: 1 b: 2 }", "Expected a comma before next field"],
    ["[1 2]", "Expected a comma before next array element"],
  ])("%s: %s", (code, message) => {
    expect(complaintOf(code)).toBe(message);
  });

  it("runs assertions before the object is written or compared", () => {
    expect(reportOf("{ a: { assert false : 'no' } }")).toContain("RUNTIME ERROR: no");
    expect(complaintOf("{ assert false : 'no', a: 1 } == { a: 1 }")).toBe("no");
    expect(valueOf("{ assert false : 'no' } == {}")).toBe(true);
  });
});
