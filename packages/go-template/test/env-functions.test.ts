import { describe, expect, it } from "vitest";
import { Incomplete, MissingVariable, envFunctions, parse, render } from "../src/index.ts";

const env = { TAG: "v1", EMPTY: "", QUOTED: 'a"b\\\n\t<&>\u2028\u0001\u007f' };
const expand = (text: string): string => render(parse(text, "app.yml"), { functions: envFunctions(env) });

describe("env", () => {
  it.each([
    ['{{ env "TAG" "latest" }}', "v1"],
    ['{{ env "NOPE" "EMPTY" "TAG" "latest" }}', "v1"],
    ['{{ env "NOPE" "latest" }}', "latest"],
    ['{{ env "EMPTY" "" }}', ""],
    ['{{ env "NOPE" }}', "NOPE"],
    ['{{ env "NOPE" "TAG" }}', "v1"],
    ['{{ "latest" | env "NOPE" }}', "latest"],
    ["{{ env }}", ""],
    ['{{ env "constructor" "x" }}', "x"],
  ])("%s gives %j", (text, expected) => {
    expect(expand(text)).toBe(expected);
  });

  it("takes strings only", () => {
    expect(() => expand('{{ env "A" 1 }}')).toThrow("error calling env: wrong type for value; expected string; got int");
    expect(() => expand('{{ env "A" nil }}')).toThrow("error calling env: invalid value; expected string");
  });
});

describe("must_env", () => {
  it("gives the variable, empty or not", () => {
    expect(expand('{{ must_env "TAG" }}[{{must_env `EMPTY`}}]')).toBe("v1[]");
  });

  it("names every missing variable of the text in one error on one line", () => {
    const text = 'a: {{ must_env "A" }}\nb: {{ must_env "TAG" }}{{ printf "%s%s" (must_env "B") (must_env "C") }}\n{{ must_env "A" }}';
    let error: unknown;
    try {
      expand(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(Incomplete);
    expect(error).toHaveProperty(
      "message",
      "template: app.yml:1:7: environment variable A is not defined; app.yml:2:42: environment variable B is not defined; " +
        "app.yml:2:57: environment variable C is not defined; app.yml:3:4: environment variable A is not defined",
    );
    const reasons = error instanceof Incomplete ? error.pending.map(({ reason }) => reason) : [];
    expect(reasons.map((reason) => reason instanceof MissingVariable)).toEqual([true, true, true, true]);
  });

  it("takes one string", () => {
    expect(() => expand("{{ must_env }}")).toThrow("error calling must_env: wrong number of args for must_env: want 1 got 0");
  });
});

describe("json_escape", () => {
  it("escapes as Go's encoding/json does, without the quotes", () => {
    expect(expand('{{ must_env "QUOTED" | json_escape }}')).toBe('a\\"b\\\\\\n\\t\\u003c\\u0026\\u003e\\u2028\\u0001\u007f');
    expect(expand('{{ json_escape "é\\b\\f\\xff/" }}')).toBe("é\\b\\f\ufffd/");
  });
});
