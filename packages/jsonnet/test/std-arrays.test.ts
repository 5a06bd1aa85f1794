import { describe, expect, it } from "vitest";
import { complaintOf, valueOf } from "./programs.ts";

it.each([
  ["std.makeArray(3, function(i) i * i)", [0, 1, 4]],
  ["std.range(2, 5)", [2, 3, 4, 5]],
  ["std.range(1, 0)", []],
  ["std.repeat([1, 2], 2)", [1, 2, 1, 2]],
  ["std.slice([1, 2, 3, 4, 5, 6], 1, 6, 2)", [2, 4, 6]],
  ["std.slice('jsonnet', 0, 4, 1)", "json"],
  ["std.member('abc', 'bc')", true],
  ["std.member([1, { a: 1 }], { a: 1 })", true],
  ["std.contains([1, 2], 3)", false],
  ["std.count([1, 2, 1], 1)", 2],
  ["std.find(1, [1, 2, 1])", [0, 2]],
  ["std.map(function(x) x + 1, [1, 2])", [2, 3]],
  ["std.map(function(c) c + '.', 'ab')", ["a.", "b."]],
  ["std.mapWithIndex(function(i, x) i + x, [5, 6])", [5, 7]],
  ["std.filter(function(x) x > 1, [1, 2, 3])", [2, 3]],
  ["std.filterMap(function(x) x > 1, function(x) x * 2, [1, 2, 3])", [4, 6]],
  ["std.flatMap(function(x) [x, x], [1, 2])", [1, 1, 2, 2]],
  ["std.flatMap(function(c) c + c, 'ab')", "aabb"],
  ["std.foldl(function(a, b) a + b, ['a', 'b', 'c'], '')", "abc"],
  ["std.foldr(function(a, b) b + a, ['a', 'b', 'c'], '')", "cba"],
  ["std.foldl(function(a, b) a + ':' + b, 'ab', '')", ":a:b"],
  ["std.join([9], [[1], [2, 3]])", [1, 9, 2, 3]],
  ["std.flattenArrays([[1], [], [2, [3]]])", [1, 2, [3]]],
  ["std.flattenDeepArray([1, [2, [[3]]]])", [1, 2, 3]],
  ["std.reverse([1, 2])", [2, 1]],
  ["[std.all([]), std.all([true, false]), std.any([]), std.any([false, true])]", [true, false, false, true]],
  ["std.all([false, error 'never'])", false],
  ["[std.sum([]), std.sum([1, 2]), std.avg([1, 2])]", [0, 3, 1.5]],
  ["std.remove([1, 2, 1], 1)", [2, 1]],
  ["std.removeAt([1, 2, 3], 1)", [1, 3]],
  ["std.sort([3, 1, 2])", [1, 2, 3]],
  ["std.sort(['b', 'a'])", ["a", "b"]],
  ["std.sort([[2, 1], [1, 2], [1]])", [[1], [1, 2], [2, 1]]],
  ["std.sort([{ k: 2 }, { k: 1 }], function(x) x.k)", [{ k: 1 }, { k: 2 }]],
  ["[r.id for r in std.sort([{ id: i, k: i % 2 } for i in std.range(1, 40)], function(r) r.k)][0:3]", [2, 4, 6]],
  ["std.uniq([1, 1, 2, 1])", [1, 2, 1]],
  ["std.set([3, 1, 3, 2])", [1, 2, 3]],
  ["std.set(['a', 'B', 'b'], std.asciiLower)", ["a", "B"]],
  ["std.setUnion([1, 3], [2, 3])", [1, 2, 3]],
  ["std.setUnion([{ n: 'A', v: 1 }], [{ n: 'A', v: 2 }, { n: 'C' }], function(x) x.n)", [{ n: "A", v: 1 }, { n: "C" }]],
  ["std.setInter([1, 2, 3], [2, 3, 4])", [2, 3]],
  ["std.setDiff([1, 2, 3], [2])", [1, 3]],
  ["std.setDiff([3, 2, 1], [9, 2], keyF=function(x) -x)", [3, 1]],
  ["[std.setMember(2, [1, 2]), std.setMember(0, [1, 2])]", [true, false]],
  ["[std.minArray([2, 1]), std.maxArray([2, 5, 1])]", [1, 5]],
  ["std.minArray(['abc', 'z'], keyF=std.length)", "z"],
  ["std.maxArray([], onEmpty='none')", "none"],
  ["std.minArray([], onEmpty=null)", null],
])("%s", (code, value) => {
  expect(valueOf(code)).toEqual(value);
});

describe("errors", () => {
  it.each([
    ["std.makeArray(1.5, function(i) i)", "Expected an integer, but got 1.5"],
    ["std.map(1, [])", "std.map first param must be function, got number"],
    ["std.map(function(x) x, {})", "std.map second param must be array / string, got object"],
    ["std.flatMap(function(x) x, [1])", "Unexpected type number, expected array"],
    ["std.flatMap(function(x) [x], 'a')", "Unexpected type array, expected string"],
    ["std.flatMap(function(x) [x], {})", "std.flatMap second param must be array / string, got object"],
    ["std.filter(function(x) 1, [1])", "Unexpected type number, expected boolean"],
    ["std.join(1, [])", "join first parameter should be string or array, got number"],
    ["std.all(1)", "all() parameter should be an array, got number"],
    ["std.any(['x'])", 'element "x" of type string is not a boolean'],
    ["std.avg([])", "Cannot calculate average of an empty array."],
    ["std.minArray([])", "Expected at least one element in array. Got none"],
    ["std.sort([1, 'a'])", "Unexpected type string, expected number"],
    ["std.sort([{}, {}])", "Unexpected type object"],
    ["std.range(1, 1e9)", "Array of more than 67108864 elements"],
    ["std.assertEqual([1], 'a')", 'Assertion failed. [1] != "a"'],
  ])("%s: %s", (code, message) => {
    // Which of two values of different type complains first is the sort's business.
    const alternatives = message.includes("expected number") ? [message, "Unexpected type number, expected string"] : [message];
    expect(alternatives).toContain(complaintOf(code));
  });
});
