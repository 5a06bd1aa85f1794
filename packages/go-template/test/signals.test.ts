import { describe, expect, it } from "vitest";
import { Deferred, Incomplete, Signal, parse, render } from "../src/index.ts";
import type { Functions } from "../src/index.ts";

const thrownBy = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
};

const throwing = (value: unknown): Functions => ({
  f: () => {
    throw value;
  },
});

describe("what a function throws", () => {
  it.each([
    ["a signal", new Signal("stop")],
    ["an object that is no error", { need: "ssm:/x" }],
  ])("passes through untouched: %s", (_, value) => {
    expect(thrownBy(() => render(parse("a {{ f | print }}", "t"), { functions: throwing(value) }))).toBe(value);
  });
});

describe("Deferred", () => {
  class Need extends Deferred {
    override readonly name = "Need";
  }
  const known = new Map<string, string>();
  const functions: Functions = {
    ssm: (name) => {
      const value = known.get(String(name));
      if (value === undefined) throw new Need(String(name));
      return value;
    },
  };
  const needsOf = (text: string): string[] => {
    const error = thrownBy(() => render(parse(text, "t"), { functions }));
    return error instanceof Incomplete
      ? error.pending.map(({ reason, line, column, call }) => `${reason.message} ${line}:${column} ${call}`)
      : [];
  };

  it("lets one rendering find every call of the text that has no value", () => {
    expect(needsOf('{{ ssm "a" }}\n{{ ssm "b" | printf "%s %s" (ssm "c") }}{{ $x := ssm "d" }}{{ $x }}{{ $x.y }}')).toEqual([
      'a 1:4 ssm "a"',
      'b 2:4 ssm "b"',
      'c 2:30 ssm "c"',
      'd 2:50 ssm "d"',
    ]);
  });

  it("skips what hangs on an unknown value: blocks, second operands of and/or, calls", () => {
    expect(needsOf('{{ if ssm "a" }}{{ ssm "x" }}{{ else }}{{ ssm "y" }}{{ end }}{{ range ssm "b" }}{{ ssm "z" }}{{ end }}')).toEqual([
      'a 1:7 ssm "a"',
      'b 1:71 ssm "b"',
    ]);
    expect(needsOf('{{ and (ssm "a") (ssm "b") }}{{ ssm (ssm "c") }}')).toEqual(['a 1:9 ssm "a"', 'c 1:38 ssm "c"']);
  });

  it("is used by looking up and rendering again until nothing is missing", () => {
    const text = '{{ ssm (ssm "/current") }}';
    known.set("/current", "/v2");
    expect(needsOf(text)).toEqual(['/v2 1:4 ssm (ssm "/current")']);
    known.set("/v2", "hello");
    expect(render(parse(text, "t"), { functions })).toBe("hello");
  });
});
