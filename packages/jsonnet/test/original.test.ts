// What go-jsonnet 0.22 was measured to do where its documentation is silent or says something else.
import { expect, it } from "vitest";
import { evaluate } from "../src/index.ts";

it.each([
  // Ties round to the even digit; the nearest doubles are 393126401138537.125 and 965378378171219.125.
  ["[393126401138537.1, 965378378171219.1, -1 / 76]", "[393126401138537.12,965378378171219.12,-0.013157894736842105]"],
  ["'' + 393126401138537.1", "393126401138537.12"],
  // These three write the shortest digits, everything else 17.
  ["std.manifestJson([0.1, 1e-7, 1e21, -0.0])", "[\n    0.1,\n    0.0000001,\n    1000000000000000000000,\n    -0\n]"],
  ["std.manifestJsonEx(123456789012345680000, '')", "123456789012345680000"],
  ["std.manifestJsonMinified('\\u007f\\u2028')", '"\u007f\\u2028"'],
  ["std.manifestPython(0.1) + std.manifestTomlEx({ a: 0.1, '': 1 }, '')", "0.10000000000000001'' = 1\na = 0.10000000000000001"],
  ["'%.0g %#.0g' % [0, -0.0]", "0e+00 0.0e+00"],
])("writes %s", (code, text) => {
  const result: unknown = JSON.parse(evaluate({ code: `std.toString(${code})` }));
  expect(String(result).replaceAll(", ", ",")).toBe(text);
});

it.each([
  ["[1 << 63, 2147483648 << 53, 9007199254740991 << 31, ~1.9]", "[-9223372036854775808, 0, -2147483648, -2]"],
  ["[~9007199254740993, ~1e20]", "[-9007199254740992, 9223372036854775808]"],
  ["[[1, 2][0.5], [1, 2][-0.5], 'abc'[2.9]]", '[1, 1, "c"]'],
  ["[[1, 2, 3][-0.5:], [1, 2, 3][:-1.5], [1, 2, 3, 4, 5, 6][::2.5], 'abc'[:-1.5]]", '[[3], [1, 2], [1, 3, 6], "ab"]'],
  ["[std.abs(0), std.sign(-0.0), std.max(0, -0.0), std.min(-0.0, 0), std.mantissa(-0.0)]", "[-0, 0, -0, 0, -0]"],
  ["[std.repeat('a', -1), std.repeat([1], -1), std.makeArray(-1, function(i) i)]", '["", [ ], [ ]]'],
  ["[std.count([], error 'a'), std.find(error 'a', []), std.clamp(1, 2, error 'a'), std.mergePatch(error 'a', 5)]", "[0, [ ], 2, 5]"],
  ["[std.parseInt('+12'), std.parseInt('-0'), std.parseInt('9223372036854775807')]", "[12, 0, 9223372036854775808]"],
  ["std.trim('\\u0085\\u2003a\\u3000\\u000b')", "a"],
  ["std.trim('\\ufeffa\\u200b')", "\ufeffa\u200b"],
  ["'\\uDE00\\uD83D' + '\\uD83D\\u0041!'", "\ufffd\ufffd!"],
  ["[std.base64('é'), std.decodeUTF8([240, 159, 152]), std.decodeUTF8([239, 191, 189, 255, 65])]", '["w6k=", "���", "��A"]'],
  ["{ a: 1 } + std.objectRemoveKey({ a+: 2, b: self.a }, 'a')", '{"a": 1, "b": 1}'],
  ["({ z: 5 } + { a: super.z }) + std.objectRemoveKey({ z: 1 }, 'z')", '{"a": 5, "z": 5}'],
  ["std.objectFields({ a:: 1, c: 1 } + std.objectRemoveKey({ a: 2, b: 1 }, 'a'))", '["b", "c"]'],
])("evaluates %s", (code, text) => {
  expect(JSON.parse(evaluate({ code: `std.toString(${code})` }))).toBe(text);
});

it.each([
  [
    "[std.sin(2), std.cos(5), std.tan(1), std.sin(1000)]",
    "[0.9092974268256816, 0.2836621854632263, 1.5574077246549021, 0.82687954053200263]",
  ],
  ["[std.asin(0.8387832002906865), std.acos(0.5), std.atan(5)]", "[0.99504450839932845, 1.0471975511965976, 1.3734007669450157]"],
  ["[std.atan2(3, -1), std.atan2(-8, 2), std.atan2(0, -1)]", "[1.8925468811915387, -1.3258176636680323, 3.1415926535897931]"],
  ["[std.exp(1.5), std.exp(180) / 1e78, std.exp(-1.1591141098686801)]", "[4.4816890703380654, 1.4893842007818383, 0.31376401824507255]"],
  ["[std.log2(10), std.log10(1000), std.log10(0.1)]", "[3.3219280948873626, 2.9999999999999996, -0.99999999999999978]"],
  [
    "[std.pow(2, 1.5), std.pow(1 / 3, 3), std.pow(1e10, 1.5), std.pow(-8, 3)]",
    "[2.8284271247461898, 0.037037037037037035, 1000000000000000.1, -512]",
  ],
  [
    "[std.pow(3, 100), std.pow(2, -1074), std.pow(2, 1023) / 1e300, std.pow(0.1, 7)]",
    "[515377520732011405324234683475300136641464631296, 4.9406564584124654e-324, 89884656.743115798, 1.0000000000000007e-07]",
  ],
])("computes %s to the original's last digit", (code, text) => {
  expect(JSON.parse(evaluate({ code: `std.toString(${code})` }))).toBe(text);
});

it.each([
  ["0o17", "15"],
  ["-0O7", "-7"],
  ["0X1f", "31"],
  ["[-0, -0.0, -0x0]", "[0, -0, 0]"],
  ["[., 1e400, 2001-01-01, 12:30]", '[".", "1e400", "2001-01-01", "12:30"]'],
  ["!!binary w6k=", "é"],
  ["[!!float 1, !!float 0x10, !!str 1]", '[1, 16, "1"]'],
  ["\n---\na", '[null, "a"]'],
  ["---\na", '["a"]'],
  ["a\n...\nb", "a"],
  ["a: &a {x: 1}\nb:\n  x: 2\n  <<: *a\n  z: 3", '{"a": {"x": 1}, "b": {"x": 1, "z": 3}}'],
  ["a: &a {x: 1}\nb: &b {x: 3, z: 2}\nc:\n  <<: [*b, *a]", '{"a": {"x": 1}, "b": {"x": 3, "z": 2}, "c": {"x": 3, "z": 2}}'],
])("reads the YAML %j", (yaml, text) => {
  expect(JSON.parse(evaluate({ code: "std.toString(std.parseYaml(std.extVar('yaml')))" }, { extVars: { yaml } }))).toBe(text);
});

it.each([
  ["std.parseYaml('*a')", "failed to parse YAML: unknown anchor 'a' referenced"],
  ["std.parseYaml('&a [*a]')", "failed to parse YAML: anchor 'a' value contains itself"],
  ["std.parseYaml('~: a')", "failed to parse YAML: invalid map key: null"],
  ["std.parseYaml('? [1]\\n: b')", "failed to parse YAML: invalid map key: [1]"],
  ["std.parseYaml('!!int x')", "failed to parse YAML: cannot decode !!str `x` as a !!int"],
  ["std.parseYaml('<<: 1')", "failed to parse YAML: map merge requires map or sequence of maps as the value"],
  ["std.parseInt('9223372036854775808')", "9223372036854775808 is not a base 10 integer"],
  ["std.range(1, 2147483649)", "Expected an integer, but got 2.147483649e+09"],
  ["std.sum(['a'])", "Unexpected type string, expected number"],
  ["std.sort('cab')", "Unexpected type string, expected array"],
  ["std.reverse('cab')", "Unexpected type string, expected array"],
  ["std.flatMap(function(x) null, 'ab')", "Unexpected type null, expected string"],
  ["std.filter(1, 'a')", "Unexpected type string, expected array"],
  ["[1][::-1]", "got [0:1:-1] but negative steps are not supported"],
  ["'%(b.c)s' % { b: { c: 3 } }", "No such field: b.c"],
])("refuses %s: %s", (code, message) => {
  expect(() => evaluate({ code })).toThrow(message);
});

it.each([
  ["D", 498, "max stack frames exceeded."],
  ["std.toString(D)", 497, "max stack frames exceeded."],
  ["std.manifestJsonMinified(D)", 498, "max manifest depth exceeded, possible infinite recursion"],
])("writes %s down to level %i", (code, levels, message) => {
  const nested = (count: number): string => code.replace("D", `std.foldl(function(a, i) [a], std.range(1, ${count}), [1])`);
  expect(evaluate({ code: nested(levels) })).toContain("1");
  expect(() => evaluate({ code: nested(levels + 1) })).toThrow(message);
});

it("finds data that contains itself", () => {
  expect(() => evaluate({ code: "local a = { b: [a] }; a" })).toThrow("max stack frames exceeded.");
});
