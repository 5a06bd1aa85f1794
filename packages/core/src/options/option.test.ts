import { describe, expect, it } from "vitest";
import { allOrListed, bool, choice, goBoolean, int, type Option, text } from "./option.ts";

/** The value after the given texts, each one occurrence of a flag; undefined is a bare one. */
const after = <T>(option: Option<T>, ...texts: readonly (string | undefined)[]): T =>
  texts.reduce<T>((value, given) => option.read(given, value, "flag", "-flag"), option.initial);

describe("bool", () => {
  const quiet = bool("say less");

  it("is on from the start when the declaration says so", () => {
    expect(after(bool("wait", { initial: true }))).toBe(true);
    expect(after(bool("wait", { initial: true }), "false")).toBe(false);
  });

  it("is off, and on when it stands bare", () => {
    expect(after(quiet)).toBe(false);
    expect(after(quiet, undefined)).toBe(true);
  });

  it.each(["1", "t", "T", "true", "TRUE", "True"])("reads %s as true, as Go does", (word) => expect(after(quiet, word)).toBe(true));
  it.each(["0", "f", "F", "false", "FALSE", "False"])("reads %s as false, as Go does", (word) => {
    expect(after(quiet, undefined, word)).toBe(false);
  });
  it.each(["", "yes", "tRUE", "2", "constructor"])("refuses %j", (word) => {
    expect(() => after(quiet, word)).toThrow(`expected true or false, got ${JSON.stringify(word)}`);
    expect(goBoolean(word)).toBeUndefined();
  });
});

describe("text", () => {
  it("is undefined until it is given; the last one counts, an empty one too", () => {
    expect(after(text("region", "REGION"))).toBeUndefined();
    expect(after(text("region", "REGION"), "a", "b")).toBe("b");
    expect(after(text("region", "REGION"), "a", "")).toBe("");
  });
});

describe("int", () => {
  const port = int("port", { initial: 80, min: 1, max: 65_535 });

  it.each([
    ["8080", 8080],
    ["+1", 1],
    ["0x1F", 31],
    ["0b11", 3],
    ["0o17", 15],
    ["017", 15],
    ["1_000", 1000],
  ])("reads %s as %i, as Go does", (given, value) => expect(after(port, given)).toBe(value));

  it.each(["0", "65536", "-1", "1.5", "08", "1__0", "_1", "1_", "0x", "1e3", " 1", "", "Infinity", "٣"])("refuses %j", (given) => {
    expect(() => after(port, given)).toThrow(`expected a whole number from 1 to 65535, got ${JSON.stringify(given)}`);
  });

  it("starts at its initial value, takes no negative number unless told to, and names an open range", () => {
    expect(after(port)).toBe(80);
    expect(after(int("tasks", { min: -1 }), "-1")).toBe(-1);
    expect(() => after(int("tasks"), "-1")).toThrow('expected a whole number of at least 0, got "-1"');
    expect(() => after(int("tasks"), "9007199254740993")).toThrow("expected a whole number");
  });
});

describe("choice", () => {
  const format = choice("format", ["text", "json"], "text");

  it("takes one of its words, in their spelling", () => {
    expect(after(format)).toBe("text");
    expect(after(format, "json")).toBe("json");
    expect(() => after(format, "JSON")).toThrow('expected one of text, json, got "JSON"');
  });

  it("shows its words as placeholder", () => expect(format.placeholder).toBe("text|json"));
});

describe("allOrListed", () => {
  const keep = allOrListed("keep variables", "A,B");

  it.each<[string, (string | undefined)[], "none" | "all" | string[]]>([
    ["nothing by itself", [], "none"],
    ["everything when it stands bare", [undefined], "all"],
    ["the listed names", ["A,B"], ["A", "B"]],
    ["no empty names", [",A,,"], ["A"]],
    ["nothing after =false", [undefined, "false"], "none"],
    ["the last list alone", ["A", "B"], ["B"]],
  ])("means %s", (_what, given, value) => expect(after(keep, ...given)).toEqual(value));
});

it("lets a declaration change what its kind says", () => {
  expect(bool("delete it", { env: "none", aliases: ["d"] })).toMatchObject({ env: "none", aliases: ["d"], takes: "nothing" });
});
