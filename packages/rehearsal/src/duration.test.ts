import { expect, it } from "vitest";
import { parseDuration } from "./duration.ts";

it.each([
  ["90s", 90_000],
  ["1h30m", 5_400_000],
  ["500ms", 500],
  ["1.5s", 1500],
  ["2d", 172_800_000],
  ["0s", 0],
  ["90", undefined],
  ["", undefined],
  ["-1s", undefined],
  ["1s ", undefined],
  ["1week", undefined],
])("reads %j as %s ms", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});
