import { describe, expect, it } from "vitest";
import { parse, render } from "../src/index.ts";
import type { Printed } from "../src/index.ts";

describe("values of the caller", () => {
  it.each([
    ["a number is a float64", 12345678, "1.2345678e+07 float64"],
    ["a bigint is an int", 12345678n, "12345678 int"],
    ["a list", [1n, null, "a"], "[1 <nil> a] []interface {}"],
    ["a map, sorted by bytes", { "\u{1F600}": 1n, "\uffff": 2n, a: 3n }, "map[a:3 \uffff:2 \u{1F600}:1] map[string]interface {}"],
    ["bytes", new Uint8Array([1, 255]), "[1 255] []uint8"],
    ["an object with a toString", new URL("http://a.example/"), "http://a.example/ object"],
    ["a lone surrogate is replaced", "a\ud800", "a\ufffd string"],
    ["nothing", undefined, "<no value> <nil>"],
  ])("%s", (_, data, expected) => {
    expect(render(parse('{{ . }} {{ printf "%T" . }}', "t"), { data })).toBe(expected);
  });

  it("has own properties only", () => {
    expect(render(parse("{{ .constructor }} {{ .a.__proto__ }}", "t"), { data: { a: {} } })).toBe("<no value> <no value>");
  });

  it("hands strings without lone surrogates, bytes as int, to functions", () => {
    const seen: unknown[] = [];
    render(parse('{{ f "a\\xff" (index "a" 0) 1 1.5 nil true }}', "t"), { functions: { f: (...operands) => seen.push(...operands) } });
    expect(seen).toEqual(["a\ufffd", 97n, 1n, 1.5, undefined, true]);
  });

  it("prefers the caller's function to a built-in one", () => {
    expect(render(parse('{{ html "a" }}', "t"), { functions: { html: (value) => `<${String(value)}>` } })).toBe("<a>");
  });
});

describe("onPrint", () => {
  it("hears of every text an action inserts, with its call and place", () => {
    const heard: Printed[] = [];
    render(parse('a\n{{ print "x" | html }}{{ $x := 1 }}{{ $x }}', "t"), { onPrint: (printed) => heard.push(printed) });
    expect(heard).toEqual([
      { text: "x", call: 'print "x" | html', line: 2, column: 4 },
      { text: "1", call: "$x", line: 2, column: 39 },
    ]);
  });
});

describe("uses", () => {
  it("lists the functions a template calls and the fields of the data it reads", () => {
    const { uses } = parse("{{ .time }}{{ with .json }}{{ .inner }}{{ $.key.id }}{{ else }}{{ (f .shard).x }}{{ end }}", "t");
    expect(uses.fields.map(({ name, line, column }) => [name, line, column])).toEqual([
      ["time", 1, 4],
      ["json", 1, 20],
      ["key.id", 1, 43],
      ["shard", 1, 70],
    ]);
    expect(uses.functions.map(({ name, call }) => [name, call])).toEqual([["f", "f .shard"]]);
  });
});

describe("limits", () => {
  const failure = (text: string, options = {}): string => {
    try {
      return render(parse(text, "t"), options);
    } catch (error) {
      return String(error);
    }
  };

  it("ends a template that would run for ever", () => {
    expect(failure("{{ range 9223372036854775807 }}{{ end }}", { maxSteps: 1000 })).toContain("t:1:10: ");
    expect(failure("{{ range 9223372036854775807 }}{{ end }}", { maxSteps: 1000 })).toContain("the template takes more than 1000 steps");
  });

  it("reads literals of any length, escapes or not", () => {
    expect(failure(`{{ "${"\\n".repeat(2_000_000)}" | len }}{{ \`${"n".repeat(10_000_000)}\` | len }}`)).toBe("200000010000000");
  });

  it("ends a text that grows without bound", () => {
    const doubling = '{{ $x := "aaaaaaaaaaaaaaaa" }}{{ range 60 }}{{ $x = print $x $x }}{{ end }}';
    expect(failure(doubling)).toContain("error calling print: the text grows over 100000000 characters");
    expect(failure(`{{ printf "${"%999999d".repeat(200)}" ${"1 ".repeat(200)} }}`)).toContain("the text grows over 100000000 characters");
  });

  it("refuses values that contain themselves or nest without end", () => {
    const self: unknown[] = [];
    self.push(self);
    expect(failure("{{ . }}", { data: self })).toContain("the value contains itself");
    const deep = Array.from({ length: 600 }).reduce<unknown>((inner) => [inner], 1n);
    expect(failure("{{ . }}", { data: deep })).toContain("the value nests deeper than 250");
  });

  it("allows 250 levels of parentheses and of blocks, and says so beyond", () => {
    const parens = (depth: number): string => `{{ ${"(".repeat(depth)}1${")".repeat(depth)} }}`;
    const blocks = (depth: number): string => "{{ if true }}".repeat(depth) + "1" + "{{ end }}".repeat(depth);
    expect([failure(parens(250)), failure(blocks(250))]).toEqual(["1", "1"]);
    expect(failure(parens(251))).toContain("t:1:254: max expression depth exceeded");
    expect(failure(blocks(251))).toContain("blocks nest deeper than 250");
    expect(failure(parens(100_000))).toContain("max expression depth exceeded");
  });

  it("takes else-if chains of any length", () => {
    expect(failure(`{{ if false }}${"{{ else if false }}".repeat(20_000)}{{ else }}end{{ end }}`)).toBe("end");
  });
});
