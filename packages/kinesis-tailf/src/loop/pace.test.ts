import { expect, it } from "vitest";
import { nextRate, pageLimit } from "./pace.ts";

it("never lets throttles stop a shard for good", () => {
  let rate = 2;
  for (let times = 0; times < 50; times++) rate = nextRate(rate, { kind: "throttled" }, 2);
  expect(rate).toBe(0.1);
});

it("asks for as many records as fit the memory that each active shard has, between 100 and 10,000", () => {
  const mebibyte = 2 ** 20;
  expect([
    pageLimit(128 * mebibyte, 1, 1024),
    pageLimit(128 * mebibyte, 64, 1024),
    pageLimit(64 * mebibyte, 1, 5 * mebibyte),
    pageLimit(64 * mebibyte, 0, 200),
  ]).toEqual([10_000, 2048, 100, 10_000]);
});
