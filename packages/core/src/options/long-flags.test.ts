import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lexLongFlags } from "./long-flags.ts";
import { allOrListed, bool, type Options, text } from "./option.ts";

const options: Options = {
  config: text("config", "FILE", { aliases: ["c"] }),
  "wait-until": text("wait", "STATE", { aliases: ["until"] }),
  follow: bool("follow", { aliases: ["f"] }),
  color: bool("color", { initial: true }),
  "no-input": bool("ask nothing"),
  keep: allOrListed("keep", "A,B"),
};

/** Flags as `name=text` or `name`, operands as they are. */
function lex(argv: readonly string[], end: "at the first operand" | "at --" = "at --"): { flags: string[]; operands: string[] } {
  const { flags, operands } = lexLongFlags(options, argv, end);
  return { flags: flags.map(({ name, text: given }) => (given === undefined ? name : `${name}=${given}`)), operands };
}

describe("the rules of kong", () => {
  it.each<[string, string[], string[], string[]]>([
    ["a value stands behind = or in the next word", ["--config", "a", "--config=b"], ["config=a", "config=b"], []],
    ["only the first = divides", ["--config=a=b"], ["config=a=b"], []],
    ["a value may be empty", ["--config=", "--config", ""], ["config=", "config="], []],
    ["a letter takes its value from its own word or the next", ["-ca", "-c", "b"], ["config=a", "config=b"], []],
    ["letters may be clustered", ["-fc", "x"], ["follow", "config=x"], []],
    ["an alias is the same flag", ["--until=stable", "--wait-until", "deployed"], ["wait-until=stable", "wait-until=deployed"], []],
    ["a switch stands bare", ["--follow", "true"], ["follow"], ["true"]],
    ["a switch takes a value behind =", ["--follow=false", "--color=0", "-f=1"], ["follow=false", "color=0", "follow=1"], []],
    ["a switch can be negated", ["--no-color", "--no-follow"], ["color=false", "follow=false"], []],
    ["a switch whose name begins with no is itself", ["--no-input", "--no-input=false"], ["no-input", "no-input=false"], []],
    ["an optional value stands behind = only", ["--keep", "A", "--keep=A,B c"], ["keep", "keep=A,B c"], ["A"]],
    ["an optional value may be any text", ["--keep=-", "--keep=--follow", "--keep=a=b--c"], ["keep=-", "keep=--follow", "keep=a=b--c"], []],
    ["flags and operands may alternate", ["a", "--follow", "b", "-c", "x", "c"], ["follow", "config=x"], ["a", "b", "c"]],
    ["flags end at --, which is dropped", ["--follow", "--", "--config", "--"], ["follow"], ["--config", "--"]],
    ["a lone - is an operand", ["-", "--follow"], ["follow"], ["-"]],
    ["a negative number may be a value or an operand", ["--config", "-1", "-2"], ["config=-1"], ["-2"]],
    ["a value that looks like an unknown flag is a value", ["--config", "--x"], ["config=--x"], []],
    ["a value that is a flag's name is one behind = only", ["--config=--follow"], ["config=--follow"], []],
  ])("%s", (_rule, argv, flags, operands) => expect(lex(argv)).toEqual({ flags, operands }));

  it("flags of a program end at the first operand, its command", () => {
    expect(lex(["--follow", "deploy", "--config", "x", "--unknown"], "at the first operand")).toEqual({
      flags: ["follow"],
      operands: ["deploy", "--config", "x", "--unknown"],
    });
  });

  it.each([
    ["an unknown flag, with the nearest", ["--confg=secret"], "unknown flag --confg; did you mean --config?"],
    ["an unknown flag behind an operand", ["a", "--zzzzz", "b"], "unknown flag --zzzzz"],
    ["an unknown letter", ["-z"], "unknown flag -z"],
    ["the negation of what is no switch", ["--no-config"], "unknown flag --no-config; did you mean --config?"],
    ["Go's single dash", ["-until=x"], "unknown flag -until; did you mean --until?"],
    ["a value that is missing", ["--config"], "flag --config needs a value"],
    ["a letter's value that is missing", ["-c"], "flag -c needs a value"],
    [
      "a flag in a value's place",
      ["--config", "--follow"],
      "flag --config needs a value, and --follow is a flag; if it is meant, write --config=--follow",
    ],
  ])("refuse %s", (_what, argv, message) => {
    expect(() => lex(argv)).toThrow(expect.objectContaining({ message, exit: 2 }));
  });
});

const occurrence = fc.oneof(
  fc.record({ name: fc.constantFrom("config", "wait-until", "keep"), text: fc.string() }),
  fc.record({ name: fc.constantFrom("follow", "color", "no-input"), text: fc.constantFrom(undefined, "true", "false", "0") }),
);

it("lexing printed flags gives the same flags and operands", () => {
  fc.assert(
    fc.property(fc.array(occurrence), fc.array(fc.string()), (flags, operands) => {
      const words = flags.map(({ name, text: value }) => (value === undefined ? `--${name}` : `--${name}=${value}`));
      const again = lexLongFlags(options, [...words, "--", ...operands], "at --");
      expect(again.flags.map(({ name, text: value }) => ({ name, text: value }))).toEqual(flags);
      expect(again.operands).toEqual(operands);
    }),
  );
});
