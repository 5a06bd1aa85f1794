import { describe, expect, it } from "vitest";
import { environmentValues } from "./environment.ts";
import { int, type Occurrence, type Option, type Origin, text } from "./option.ts";
import { foldValues } from "./values.ts";

/** A list that remembers where each text came from. */
const rule: Option<readonly string[]> = {
  ...text("a rule", "RULE"),
  initial: [],
  env: "list",
  read: (value = "", before: readonly string[], from: Origin) => [...before, `${value} (${from})`],
};
const source = { options: { region: text("region", "REGION"), retries: int("retries", { initial: 3 }), rule }, envPrefix: "TOOL_" };
const fold = (flags: readonly Occurrence[], env: Record<string, string>) =>
  foldValues(source.options, flags, environmentValues(source, env));
const flag = (name: string, value: string) => ({ name, spelling: `-${name}`, text: value });

describe("values", () => {
  it("are the initial ones when nothing is given", () => {
    expect(fold([], {})).toEqual({ region: undefined, retries: 3, rule: [] });
  });

  it("come from a flag before the environment, and from the last of several flags", () => {
    const flags = [flag("region", "a"), flag("region", "b")];
    expect(fold(flags, { TOOL_REGION: "env", TOOL_RETRIES: "5" })).toEqual({ region: "b", retries: 5, rule: [] });
  });

  it("that add up do so in the order environment, command line, and know where they came from", () => {
    const env = { TOOL_RULE_2: "two", TOOL_RULE_10: "ten" };
    expect(fold([flag("rule", "flag")], env).rule).toEqual(["two (environment)", "ten (environment)", "flag (flag)"]);
  });

  it("that are refused name the flag or the variable, exit 2", () => {
    const refusal = (message: string) => expect.objectContaining({ message, code: "BAD_VALUE", exit: 2 });
    expect(() => fold([{ name: "retries", spelling: "--retries", text: "x" }], {})).toThrow(
      refusal('--retries: expected a whole number of at least 0, got "x"'),
    );
    expect(() => fold([], { TOOL_RETRIES: "x" })).toThrow(refusal('TOOL_RETRIES: expected a whole number of at least 0, got "x"'));
  });

  it("are read from the environment even where a flag wins: a bad variable is told before it matters", () => {
    expect(() => fold([flag("retries", "1")], { TOOL_RETRIES: "x" })).toThrow("TOOL_RETRIES");
  });
});
