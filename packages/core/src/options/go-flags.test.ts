import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lexGoFlags } from "./go-flags.ts";
import { allOrListed, bool, type Option, type Options, text } from "./option.ts";

/** Takes the next word when that is a rule, as ssmwrap's `-env` does. */
const rule: Option<unknown> = { ...text("a rule", "RULE"), takes: (next) => next.startsWith("path=") };
const options: Options = {
  paths: text("paths", "A,B"),
  prefix: text("prefix", "P", { aliases: ["p"] }),
  strict: bool("strict"),
  keep: allOrListed("keep", "A,B"),
  env: rule,
};

/** Flags as `name=text` or `name`, operands as they are. */
function lex(...argv: string[]): { flags: string[]; operands: string[] } {
  const { flags, operands } = lexGoFlags(options, argv);
  return { flags: flags.map(({ name, text: given }) => (given === undefined ? name : `${name}=${given}`)), operands };
}

describe("the rules of Go's flag package", () => {
  it.each<[string, string[], string[], string[]]>([
    ["one dash or two are the same", ["-paths", "/a", "--paths", "/b"], ["paths=/a", "paths=/b"], []],
    ["a value stands behind = or in the next word", ["-paths=/a", "-paths", "/b"], ["paths=/a", "paths=/b"], []],
    ["only the first = divides", ["-paths=a=b"], ["paths=a=b"], []],
    ["a value behind = may be empty", ["-paths="], ["paths="], []],
    ["the next word may be empty", ["-paths", ""], ["paths="], []],
    ["the next word is the value whatever it looks like", ["-paths", "-strict"], ["paths=-strict"], []],
    ["even --", ["-paths", "--", "app"], ["paths=--"], ["app"]],
    ["a boolean takes a value only behind =", ["-strict=false", "-strict", "true"], ["strict=false", "strict"], ["true"]],
    ["an optional value stands behind = only", ["-keep", "A"], ["keep"], ["A"]],
    ["flags end at the first operand", ["-strict", "app", "-paths", "/a"], ["strict"], ["app", "-paths", "/a"]],
    ["flags end at --, which is dropped", ["-strict", "--", "-paths"], ["strict"], ["-paths"]],
    ["a second -- is an operand", ["--", "--", "app"], [], ["--", "app"]],
    ["a lone - is an operand", ["-strict", "-", "-paths"], ["strict"], ["-", "-paths"]],
    ["an empty word is an operand", ["", "-strict"], [], ["", "-strict"]],
    ["repeated flags keep their order", ["-p", "1", "-strict", "-p", "2"], ["prefix=1", "strict", "prefix=2"], []],
    ["an option may ask whether the next word is its own", ["-env", "path=/a", "-env", "app"], ["env=path=/a", "env"], ["app"]],
    ["what stands behind = is its own in any case", ["-env=true"], ["env=true"], []],
    ["such an option may stand last", ["-env"], ["env"], []],
    ["a boolean may stand last", ["-strict"], ["strict"], []],
  ])("%s", (_rule, argv, flags, operands) => expect(lex(...argv)).toEqual({ flags, operands }));

  it.each([
    ["an unknown flag, with the nearest", ["-pathz=/secret"], "unknown flag -pathz; did you mean -paths?"],
    ["an unknown flag that is like none", ["-zzzzz"], "unknown flag -zzzzz"],
    ["a number", ["-1"], "unknown flag -1"],
    ["clustered letters", ["-ps"], "unknown flag -ps"],
    ["three dashes", ["---paths"], "bad flag syntax: ---paths"],
    ["a flag without a name", ["--=x"], "bad flag syntax: --=x"],
    ["a value that is missing", ["-paths"], "flag -paths needs a value"],
    ["a value that is missing, under the name in use", ["-p"], "flag -p needs a value"],
  ])("refuse %s", (_what, argv, message) => {
    expect(() => lex(...argv)).toThrow(expect.objectContaining({ message: expect.stringMatching(`^${message}`), exit: 2 }));
  });

  it("never show the value of a flag that is unknown", () => {
    expect(() => lex("-pathz=/secret")).toThrow(/^(?!.*secret)/);
  });
});

const occurrence = fc.oneof(
  fc.record({ name: fc.constantFrom("paths", "prefix", "keep", "env"), text: fc.string(), joined: fc.constant(true) }),
  fc.record({ name: fc.constantFrom("paths", "prefix"), text: fc.string(), joined: fc.constant(false) }),
  fc.record({ name: fc.constant("strict"), text: fc.constantFrom("true", "false"), joined: fc.constant(true) }),
  fc.record({ name: fc.constantFrom("strict", "keep"), text: fc.constant(undefined), joined: fc.constant(true) }),
);

it("lexing printed flags gives the same flags and operands", () => {
  fc.assert(
    fc.property(fc.array(occurrence), fc.array(fc.string()), fc.constantFrom("-", "--"), (flags, operands, dash) => {
      const words = flags.flatMap(({ name, text: value, joined }) => {
        if (value === undefined) return [dash + name];
        return joined ? [`${dash}${name}=${value}`] : [dash + name, value];
      });
      const again = lexGoFlags(options, [...words, "--", ...operands]);
      expect(again.flags.map(({ name, text: value }) => ({ name, text: value }))).toEqual(
        flags.map(({ name, text: value }) => ({ name, text: value })),
      );
      expect(again.operands).toEqual(operands);
    }),
  );
});
