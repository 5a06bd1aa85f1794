import { describe, expect, it } from "vitest";
import { findProblem } from "./fuzz.ts";

// `SLOW=1` adds the long run, with another seed.
const isSlow = process.env["SLOW"] === "1";

it("ends 100,000 broken programs in a value or an error of the language with a place", { timeout: 120_000 }, () => {
  expect(findProblem(1, 100_000)).toBeUndefined();
});

describe.runIf(isSlow)("slow", () => {
  it("does the same for a million", { timeout: 1_200_000 }, () => {
    expect(findProblem(2, 1_000_000)).toBeUndefined();
  });
});
