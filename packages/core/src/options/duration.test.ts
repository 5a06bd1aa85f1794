import fc from "fast-check";
import { expect, it } from "vitest";
import { duration, parseDurationMs } from "./duration.ts";

it.each([
  ["0", 0],
  ["0s", 0],
  ["500ms", 500],
  ["1h30m", 5_400_000],
  ["1m1.5s", 61_500],
  [".5s", 500],
  ["1.s", 1000],
  ["2us", 0.002],
  ["2µs", 0.002],
  ["2μs", 0.002],
  ["1000000ns", 1],
  ["1s1h", 3_601_000],
])("%s is %d milliseconds, as Go reads it", (text, ms) => expect(parseDurationMs(text)).toBeCloseTo(ms, 9));

it.each(["", "5", "s", "-1s", "1 s", "1s ", "1S", "1d", "1h-1m", ".s", "1..5s", "soon"])("%j is no duration", (text) => {
  expect(parseDurationMs(text)).toBeUndefined();
});

it("reads what it is made of", () => {
  fc.assert(
    fc.property(fc.nat(99), fc.nat(99), fc.nat(9999), (h, m, ms) => {
      expect(parseDurationMs(`${h}h${m}m${ms}ms`)).toBe(h * 3_600_000 + m * 60_000 + ms);
    }),
  );
});

it("is an option that says what it expects and shows its default", () => {
  const timeout = duration("limit", 120_000);
  expect(timeout.read("2m", undefined, "flag", "-timeout")).toBe(120_000);
  expect(() => timeout.read("5", undefined, "flag", "-timeout")).toThrow('expected a duration such as 30s, 500ms or 2m, got "5"');
  expect([timeout.defaultText, duration("x", 1500).defaultText, duration("x", undefined).defaultText]).toEqual([
    "120s",
    "1500ms",
    undefined,
  ]);
});
