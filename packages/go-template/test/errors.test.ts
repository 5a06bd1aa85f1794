import { describe, expect, it } from "vitest";
import { TemplateError, parse, render } from "../src/index.ts";
import type { Functions, RenderOptions } from "../src/index.ts";

function errorOf(text: string, options: RenderOptions = {}): TemplateError {
  try {
    render(parse(text, "app.yml"), options);
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error(`no error from ${text}`);
}

describe("syntax errors", () => {
  it.each([
    ["a\nb {{ end }}", "template: app.yml:2:3: unexpected {{end}} in {{ end }}"],
    ["x: {{ must_env `A }}", "template: app.yml:1:16: unterminated raw quoted string in {{ must_env `A }}"],
    ["é {{ print 1", "template: app.yml:1:13: unclosed action in {{ print 1"],
    ["{{ print\n\n1", "template: app.yml:3:2: unclosed action started at app.yml:1 in {{ print"],
    ["{{ print\n\n( }}", "template: app.yml:3:3: unclosed left paren in action started at app.yml:1 in {{ print"],
    ["{{ if true }}\n", "template: app.yml:2:1: unexpected EOF in {{ if true }} ({{if}} has no {{end}})"],
    ["{{ $user := 1 }}{{ $usr }}", 'template: app.yml:1:20: undefined variable "$usr" in {{ $usr }} (did you mean "$user"?)'],
    ["a {{/* b", "template: app.yml:1:5: unclosed comment in {{/* b"],
    ["{{ }}", "template: app.yml:1:4: missing value for command in {{ }}"],
    ["{{ a+b }}", "template: app.yml:1:5: bad character U+002B '+' in {{ a+b }}"],
    [
      "{{ print if aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa }}",
      "template: app.yml:1:10: unexpected <if> in operand in {{ print if aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...",
    ],
  ])("%j says where and in which action", (text, message) => {
    const error = errorOf(text);
    expect([error.message, error.phase]).toEqual([message, "parse"]);
  });

  it.each(["define", "template", "block"])("refuses {{%s}} by name", (word) => {
    expect(errorOf(`{{${word} "x" .}}{{end}}`).message).toBe(
      `template: app.yml:1:3: {{${word}}} is not supported in {{${word} "x" .}} (write the text where it is used)`,
    );
  });

  it("refuses call by name", () => {
    expect(errorOf("{{call .f 1}}").message).toBe(
      'template: app.yml:1:3: function "call" not defined in call .f 1 (there are no values to call here)',
    );
  });
});

describe("what Go has and this package has not", () => {
  it.each([
    ["{{ 1i }}", 'bad number syntax: "1i"'],
    ["{{ 1+2i }}", 'bad number syntax: "1+2i"'],
    ["{{ 0x1p4 }}", 'bad number syntax: "0x1p"'],
    ['{{ printf "%x" 1.5 }}', "error calling printf: %x of float64 is not supported"],
    ['{{ printf "%b" 1.5 }}', "error calling printf: %b of float64 is not supported"],
    ['{{ printf "%U" 65 }}', "error calling printf: %U of int is not supported"],
    ['{{ printf "%O" 8 }}', "error calling printf: %O of int is not supported"],
    ['{{ printf "%p %w" "a" "b" }}', "error calling printf: %p of string is not supported"],
    ['{{ printf "%1000001d" 1 }}', "error calling printf: width or precision 1000001 is over 1000000"],
  ])("%s is refused in words", (text, detail) => {
    expect(errorOf(text).detail).toBe(detail);
  });
});

describe("unknown functions", () => {
  const functions: Functions = { tfstate: () => "arn", ssm: () => "secret" };

  it("are found by parse when it gets the functions, with the nearest name", () => {
    expect(() => parse('id: {{ tfstat "aws_vpc.main.id" }}', "app.yml", { functions })).toThrow(
      'template: app.yml:1:8: function "tfstat" not defined in tfstat "aws_vpc.main.id" (did you mean "tfstate"?)',
    );
  });

  it("are found by render before anything is called", () => {
    const called: string[] = [];
    const error = errorOf('{{ ssm "a" }}{{ smm "b" }}', { functions: { ssm: (name) => called.push(String(name)) } });
    expect([error.phase, error.detail, error.hint, called]).toEqual(["parse", 'function "smm" not defined', 'did you mean "ssm"?', []]);
  });

  it("are found in branches that are not taken", () => {
    expect(errorOf("{{ if false }}{{ print (nope) }}{{ end }}").message).toBe(
      'template: app.yml:1:25: function "nope" not defined in nope',
    );
  });

  it("are never the properties every object has", () => {
    expect(errorOf("{{ toString }}").detail).toBe('function "toString" not defined');
  });
});

describe("run-time errors", () => {
  it("name the call, its place and the cause", () => {
    const cause = new Error("no such parameter");
    const functions: Functions = {
      ssm: () => {
        throw cause;
      },
    };
    const error = errorOf('a\n  b: {{ ssm  "/x"   0 | print }}', { functions });
    expect(error.message).toBe('template: app.yml:2:9: executing "app.yml" at <ssm "/x" 0>: error calling ssm: no such parameter');
    expect([error.phase, error.line, error.column, error.cause]).toEqual(["render", 2, 9, cause]);
  });

  it("show a function that returns a promise", () => {
    expect(errorOf("{{ f }}", { functions: { f: () => Promise.resolve(1) } }).detail).toBe(
      "error calling f: the function returned a promise, not a value",
    );
  });
});

describe('missingField: "error"', () => {
  const missingField = "error";

  it("explains how to keep {{.Name}} when there is no data", () => {
    const text = "tag: docker.{{.Name}}";
    expect(errorOf(text, { missingField }).message).toBe(
      'template: app.yml:1:15: executing "app.yml" at <.Name>: nil data; no entry for key "Name" (to keep it as text write {{ "{{.Name}}" }})',
    );
    expect(render(parse('tag: docker.{{ "{{.Name}}" }}', "app.yml"), { missingField })).toBe(text);
  });

  it("names the nearest entry of a map", () => {
    expect(errorOf("{{.shrad}}", { missingField, data: { shard: "a" } }).message).toBe(
      'template: app.yml:1:3: executing "app.yml" at <.shrad>: map has no entry for key "shrad" (did you mean "shard"?)',
    );
  });

  it("lets {{.}} be <no value>, as Go does", () => {
    expect(render(parse("{{ . }}", "app.yml"), { missingField })).toBe("<no value>");
  });
});
