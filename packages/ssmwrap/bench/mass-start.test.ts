import { expect, it } from "vitest";
import { massStart } from "./mass-start.ts";

it.each([1, 2, 3])(
  "lets none of 500 tasks that start at once fail, with three pages each against 40 calls a second (seed %d)",
  async (seed) => {
    const { failed, p99Ms } = await massStart(500, 3, 40, seed);
    expect(failed).toBe(0);
    expect(p99Ms).toBeLessThan(120_000);
  },
);
