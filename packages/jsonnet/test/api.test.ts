import { describe, expect, it } from "vitest";
import {
  evaluate,
  evaluateData,
  evaluateFiles,
  evaluateStream,
  evaluateString,
  formatValue,
  type Json,
  parse,
  Source,
} from "../src/index.ts";
import { complaintOf, reportOf, valueOf } from "./programs.ts";

it("gives JSON text, a string, files, a stream or data", () => {
  expect(evaluate({ code: "{ a: 1 }" })).toBe('{\n   "a": 1\n}\n');
  expect(evaluateString({ code: "'text'" })).toBe("text\n");
  expect([...evaluateFiles({ code: "{ 'b.json': [1], 'a.json': 2 }" })]).toEqual([
    ["a.json", "2\n"],
    ["b.json", "[\n   1\n]\n"],
  ]);
  expect([...evaluateFiles({ code: "{ a: 'x' }" }, { asString: true })]).toEqual([["a", "x\n"]]);
  expect(evaluateStream({ code: "[1, { a: 2 }]" })).toEqual(["1\n", '{\n   "a": 2\n}\n']);
  expect(evaluateData({ code: "[1, null]" })).toEqual([1, null]);
});

it.each([
  [() => evaluateString({ code: "1" }), "expected string result, got: number"],
  [() => evaluateFiles({ code: "[]" }), "multi mode: top-level object was a array"],
  [() => evaluateStream({ code: "{}" }), "stream mode: top-level object was a object"],
])("refuses a value of another form: %#", (work, message) => {
  expect(work).toThrow(message);
});

describe("variables", () => {
  it("come as text or as code, and code wins", () => {
    const options = { extVars: { a: "1", b: "x" }, extCode: { a: "1 + 1", c: "std.extVar('b') + '!'" } };
    expect(valueOf("[std.extVar('a'), std.extVar('b'), std.extVar('c')]", options)).toEqual([2, "x", "x!"]);
  });

  it("are arguments of a program that is a function", () => {
    const options = { topLevelArgs: { name: "n" }, topLevelCode: { count: "2 * 2" } };
    expect(valueOf("function(name, count, rest='r') [name, count, rest]", options)).toEqual(["n", 4, "r"]);
    expect(complaintOf("function(other) 1", options)).toBe("function has no parameter name");
  });

  it("name themselves in messages about their code", () => {
    expect(reportOf("std.extVar('x')", { extCode: { x: "1 +" } })).toContain("STATIC ERROR: <extvar:x>:1:4 Unexpected end of file");
  });
});

describe("native functions", () => {
  const natives = {
    join: { parameters: ["list", "by"], call: (list?: Json, by?: Json) => (Array.isArray(list) ? list.join(String(by)) : null) },
    echo: { parameters: ["x"], call: (x: Json = null) => x },
  };

  it("get and give data, by position or name", () => {
    expect(valueOf("std.native('join')([1, 2], by='-') + std.native('join')(by=',', list=['a', 'b'])", { natives })).toBe("1-2a,b");
    expect(valueOf("std.native('echo')({ a: [null, 1.5], h:: 1 })", { natives })).toEqual({ a: [null, 1.5] });
  });

  it("are null when nobody defined them", () => {
    expect(valueOf("std.native('nope')")).toBe(null);
    expect(complaintOf("std.native('nope')(1)")).toBe("Unexpected type null, expected function");
  });

  it("throw what they like, also what the host throws for its own reasons", () => {
    for (const signal of [new RangeError("Maximum call stack size exceeded"), "text", undefined, new Error("x")]) {
      const call = (): never => {
        throw signal;
      };
      const caught: unknown[] = [];
      try {
        evaluate({ code: "std.sort([2, 1], std.native('bad'))" }, { natives: { bad: { parameters: ["x"], call } } });
      } catch (error) {
        caught.push(error);
      }
      expect(caught).toEqual([signal]);
    }
  });

  it("throw through the evaluation untouched, so that a caller can look something up and evaluate again", () => {
    class Need extends Error {}
    const known = new Map([["a", "value of a"]]);
    const lookUp = (name: unknown): string => {
      const value = known.get(String(name));
      if (value === undefined) throw new Need(String(name));
      return value;
    };
    const code = "local look = std.native('look'); { x: look('a'), y: [look(self.x)] }";
    const attempt = (): string => evaluate({ code }, { natives: { look: { parameters: ["name"], call: lookUp } } });
    expect(attempt).toThrow(Need);
    known.set("value of a", "second");
    expect(JSON.parse(attempt())).toEqual({ x: "value of a", y: ["second"] });
  });
});

describe("parse", () => {
  it("gives expressions with their places", () => {
    const { body } = parse(new Source("x", "local a = 1;\n{ b: a + 2 }"));
    expect(body).toMatchObject({ kind: "local", start: 0, end: 25, body: { kind: "object", start: 13, end: 25 } });
    expect(new Source("x", "a\nbc\n").position(3)).toEqual({ line: 2, column: 2 });
  });
});

it("formats values in the formatter's style", () => {
  const value = { a: [1, 0.1, "it's", 'say "x"', `both ' and "`], "b c": {}, local: [], d: { e: null, f: [true] } };
  expect(formatValue(value)).toBe(
    `{
  a: [
    1,
    0.10000000000000001,
    "it's",
    'say "x"',
    'both \\' and "',
  ],
  'b c': {},
  'local': [],
  d: {
    e: null,
    f: [
      true,
    ],
  },
}`,
  );
});
