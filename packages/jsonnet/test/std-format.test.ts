import { describe, expect, it } from "vitest";
import { complaintOf, valueOf } from "./programs.ts";

it.each([
  ["'%s %s' % ['a', 1]", "a 1"],
  ["'%s' % 'x'", "x"],
  ["'%s' % [[1, 2]]", "[1, 2]"],
  ["'%(a)s-%(b)03d' % { a: 'x', b: 7 }", "x-007"],
  ["'%(h)s' % { h:: 'hidden' }", "hidden"],
  ["'%(a.b)s' % { 'a.b': 'own', a: { b: 'nested' } }", "own"],
  ["'%d%%' % 50", "50%"],
  ["'%%' % {}", "%"],
  ["'%5d|%-5d|%05d|%+d|% d' % [42, 42, 42, 42, 42]", "   42|42   |00042|+42| 42"],
  ["'%d' % 3.99", "3"],
  ["'%d' % -3.99", "-3"],
  ["'%d' % -0.5", "0"],
  ["'%i %u' % [1, 2]", "1 2"],
  ["'%.3d' % 5", "005"],
  ["'%o %#o' % [8, 8]", "10 010"],
  ["'%x %X %#x %#X' % [255, 255, 255, 255]", "ff FF 0xff 0XFF"],
  ["'%x' % -255", "-ff"],
  ["'%#07x' % 910", "0x0038e"],
  ["'%f %.2f %.0f %#.0f' % [1.5, 1.005, 2.5, 3]", "1.500000 1.00 3 3."],
  ["'%08.3f' % 3.14159", "0003.142"],
  ["'%.2f' % 0.999", "1.00"],
  ["'%f' % -0.5", "-0.500000"],
  ["'%e %.2E' % [12345.678, 0.00012]", "1.234568e+04 1.20E-04"],
  ["'%e' % 0", "0.000000e+00"],
  ["'%g %g %g %g' % [0.0001, 1e10, 123456, 1.5]", "0.0001 1e+10 123456 1.5"],
  ["'%.3g' % 1001", "1e+03"],
  ["'%#g' % 1", "1.00000"],
  ["'%c%c' % ['a', 98]", "ab"],
  ["'%5s|%-5s|' % ['é', '😀']", "    é|😀    |"],
  ["'%*d' % [5, 3]", "    3"],
  ["'%*.*f' % [8, 2, 1/3]", "    0.33"],
  ["'%-*d|' % [4, 3]", "3   |"],
  ["'%ld %hd %Lf' % [1, 2, 3]", "1 2 3.000000"],
  ["'%.2s' % 'abc'", "abc"],
  ["'%+.1e' % 5", "+5.0e+00"],
  ["'%#%|%5%' % []", "%|    %"],
  ["std.format('plain', [])", "plain"],
])("%s", (code, value) => {
  expect(valueOf(code)).toBe(value);
});

describe("errors", () => {
  it.each([
    ["'%s' % {}", "Mapping keys required."],
    ["'%(x)s' % { y: 1 }", "No such field: x"],
    ["'%(a.b.c)s' % { a: { c: 1 } }", "No such field: a.b.c"],
    ["'%s %s' % ['a']", "Not enough values to format: 1, expected more than 1"],
    ["'%s' % ['a', 'b']", "Too many values to format: 2, expected 1"],
    ["'%*d' % []", "Not enough values to format: 0, expected at least 0"],
    ["'%d' % 'x'", "Format required number at 0, got string"],
    ["'%(a)d' % { a: 'x' }", "Format required number at a, got string"],
    ["'%q' % 1", "Unrecognised conversion type: q"],
    ["'%' % 1", "Truncated format code."],
    ["'%5' % 1", "Truncated format code."],
    ["'%(a' % {}", "Truncated format code."],
    ["'%c' % 'ab'", "%c expected 1-sized string got: 2"],
    ["'%c' % null", "%c expected number / string, got: null"],
    ["'%(a)*d' % { a: 1 }", "Cannot use * field width with object."],
  ])("%s: %s", (code, message) => {
    expect(complaintOf(code)).toBe(message);
  });
});
