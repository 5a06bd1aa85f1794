import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { didYouMean, nearest } from "./nearest.ts";

const known = ["paths", "names", "prefix", "log-level", "h"];

describe("the nearest word", () => {
  it.each([
    ["pathz", "paths"],
    ["path", "paths"],
    ["pahts", "paths"],
    ["apths", "paths"],
    ["PATHS", "paths"],
    ["log_level", "log-level"],
    ["loglevel", "log-level"],
    ["prefixes", "prefix"],
    ["H", "h"],
  ])("to %s is %s", (word, expected) => expect(nearest(word, known)).toBe(expected));

  it.each(["zzzzz", "pa", "region", "", "log", "j"])("to %j is none: no guess is better than a wild one", (word) => {
    expect(nearest(word, known)).toBeUndefined();
  });

  it("is the first of those that are equally near", () => expect(nearest("nameq", ["names", "named"])).toBe("names"));

  it("to a known word is that word", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1 }), (words) => {
        for (const word of words) expect(nearest(word, words)).toBe(word);
      }),
    );
  });
});

it("is the end of a sentence, or nothing", () => {
  expect(`unknown flag${didYouMean("pathz", known, (word) => `-${word}`)}`).toBe("unknown flag; did you mean -paths?");
  expect(`unknown flag${didYouMean("zzzzz", known)}`).toBe("unknown flag");
});
