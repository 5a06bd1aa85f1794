import { ToolError } from "@sukima/core";
import { describe, expect, it } from "vitest";
import type { StreamRecord } from "../record.ts";
import { compileTemplate } from "./template-line.ts";

const record = (data: string | Uint8Array, more: Partial<StreamRecord> = {}): StreamRecord => ({
  stream: "app",
  shard: "shardId-000000000003",
  sequence: "49610000000000000000000000000000000000000000000000000001",
  sub: null,
  key: "user-1",
  explicitHashKey: null,
  arrivedAtMs: Date.parse("2026-11-23T01:00:00.250Z"),
  data: Buffer.from(data),
  ...more,
});

const log = { id: "e1", timeMs: 0, group: "/app", stream: "web/1" };

/** What is printed of a record, or the problem in brackets. */
function print(template: string, one: StreamRecord): string {
  const line = compileTemplate(template)(one);
  return "text" in line ? line.text : `[${line.problem}]`;
}

describe("a template prints", () => {
  it.each<readonly [what: string, template: string, one: StreamRecord, printed: string]>([
    [
      "where a record comes from",
      "{{.stream}} {{.shard}} {{.seq}}",
      record("x"),
      "app shardId-000000000003 49610000000000000000000000000000000000000000000000000001\n",
    ],
    ["time, key and payload", "{{.time}} {{.key}} {{.data}}", record("é"), "2026-11-23T01:00:00.250Z user-1 é\n"],
    ["no second LF behind a payload that has one", "{{.data}}", record("x\n"), "x\n"],
    ["a line for an empty payload", "{{.data}}", record(""), "\n"],
    ["bytes that are no UTF-8 replaced", "{{.data}}", record(Uint8Array.of(0x66, 0xff, 0x66)), "f\ufffdf\n"],
    [
      "the place in an aggregated record as a number",
      "{{.sub}} {{if eq .sub 1000000}}last{{end}}",
      record("", { sub: 1_000_000 }),
      "1000000 last\n",
    ],
    [
      "what is not known as Go does",
      "{{.sub}} {{.key}} {{.ehk}} {{.log.id}}",
      record("", { key: null }),
      "<no value> <no value> <no value> <no value>\n",
    ],
    ["another word for what is not known", '{{or .key "-"}}', record("", { key: null }), "-\n"],
    [
      "what was decoded, and what was wrong",
      "{{range .decoded}}{{.}},{{end}} {{.kpl}}",
      record("", { decoded: ["gzip", "cloudwatch"], kpl: "bad_md5" }),
      "gzip,cloudwatch, bad_md5\n",
    ],
    ["tags", "{{range .tags}}{{.key}}={{.value}};{{end}}", record("", { tags: [{ key: "a", value: "1" }] }), "a=1;\n"],
    [
      "the origin of a log event",
      "{{.log.id}} {{.log.time}} {{.log.group}} {{.log.stream}}",
      record("", { log }),
      "e1 1970-01-01T00:00:00.000Z /app web/1\n",
    ],
    ["members of a JSON payload, however deep", "{{.json.a.b.c}}", record('{"a":{"b":{"c":"x"}}}'), "x\n"],
    ["nothing known of a payload that is no JSON", "{{.json.a.b}}", record("plain"), "<no value>\n"],
    ["nothing known of a member that is not there", "{{.json.b}}", record('{"a":1}'), "<no value>\n"],
    [
      "whole numbers as they are written",
      "{{.json.at}} {{.json.id}}",
      record('{"at":1763859600250,"id":12345678901234567890}'),
      "1763859600250 12345678901234567890\n",
    ],
    ["fractions as Go does", "{{.json.x}} {{.json.y}}", record('{"x":0.5,"y":1e300}'), "0.5 1e+300\n"],
    ["a choice by a number of the payload", "{{if ge .json.status 500}}failed{{else}}fine{{end}}", record('{"status":503}'), "failed\n"],
    [
      "values as JSON",
      "{{json .data}} {{json .json.list}} {{.json.list | json}} {{json .log}}",
      record('{"list":[1,0.5,"<é>",null,{"a":12345678901234567890}]}'),
      '"{\\"list\\":[1,0.5,\\"<é>\\",null,{\\"a\\":12345678901234567890}]}" [1,0.5,"<é>",null,{"a":12345678901234567890}] [1,0.5,"<é>",null,{"a":12345678901234567890}] null\n',
    ],
    [
      "the whole record as JSON",
      "{{json .}}",
      record("[1]", { sub: 2 }),
      '{"stream":"app","shard":"shardId-000000000003","seq":"49610000000000000000000000000000000000000000000000000001","sub":2,"key":"user-1","ehk":null,"time":"2026-11-23T01:00:00.250Z","data":"[1]","json":[1]}\n',
    ],
  ])("%s", (_what, template, one, printed) => {
    expect(print(template, one)).toBe(printed);
  });
});

describe("a record that the template fails for is not printed half, and it is said why", () => {
  it.each([
    ["{{.seq}} {{.json.a.b}}", '{"a":"text"}', "[at 1:12: can't evaluate field b in type string in .json.a.b]"],
    ["{{.json.a.b}}", '{"a":null}', "[at 1:3: nil pointer evaluating interface {}.b in .json.a.b]"],
    ["{{len .json}}", "7", "[at 1:3: error calling len: len of type int in len .json]"],
    [
      "x\n{{if gt .json.n 5}}y{{end}}",
      '{"n":0.5}',
      "[at 2:6: error calling gt: incompatible types for comparison: float64 and int in gt .json.n 5]",
    ],
    ["{{json .data .key}}", "x", "[at 1:3: error calling json: takes one value, got 2 in json .data .key]"],
  ])("%s of %s", (template, data, problem) => {
    expect(print(template, record(data))).toBe(problem);
  });
});

const refusal = (template: string): Record<"code" | "message" | "hint" | "exit", unknown> | undefined => {
  try {
    compileTemplate(template);
    return undefined;
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    const { code, message, hint, exit } = error;
    return { code, message, hint, exit };
  }
};

const ofRecord = "it has stream, shard, seq, sub, key, ehk, time, data, decoded, kpl, tags, log, json";

describe("at the start", () => {
  it.each([
    ["{{.shrad}}", '-template: at 1:3: .shrad: a record has no field "shrad"; did you mean .shard?', ofRecord],
    ["{{.time}}\n{{if .foo}}x{{end}}", '-template: at 2:6: .foo: a record has no field "foo"', ofRecord],
    ["{{range .tgas}}{{.key}}{{end}}", '-template: at 1:9: .tgas: a record has no field "tgas"; did you mean .tags?', ofRecord],
    ["{{with .key}}{{$.dta}}{{end}}", '-template: at 1:16: $.dta: a record has no field "dta"; did you mean .data?', ofRecord],
    [
      "{{with .log}}{{.x}}{{else}}{{.keys}}{{end}}",
      '-template: at 1:30: .keys: a record has no field "keys"; did you mean .key?',
      ofRecord,
    ],
    ['{{or (printf "%s" .kee) "x"}}', '-template: at 1:19: .kee: a record has no field "kee"; did you mean .key?', ofRecord],
    [
      "{{.log.gruop}}",
      '-template: at 1:3: .log.gruop: .log has no field "gruop"; did you mean .log.group?',
      "it has id, time, group, stream",
    ],
    ["{{.data.user}}", "-template: at 1:3: .data.user: .data has no fields", "write .data; fields of a JSON payload are below .json"],
    ["{{.constructor}}", '-template: at 1:3: .constructor: a record has no field "constructor"', ofRecord],
  ])("%s is refused, for no record has that field", (template, message, hint) => {
    expect(refusal(template)).toEqual({ code: "UNKNOWN_FIELD", message, hint, exit: 2 });
  });

  it.each([
    ["{{.time", "-template: at 1:8: unclosed action in {{.time", undefined],
    ["{{.time}}\n{{if .key}}", "-template: at 2:12: unexpected EOF in {{if .key}}", "{{if}} has no {{end}}"],
    ["{{jsno .data}}", '-template: at 1:3: function "jsno" not defined in jsno .data', 'did you mean "json"?'],
  ])("%j is refused, for it is not the language", (template, message, hint) => {
    expect(refusal(template)).toEqual({ code: "BAD_TEMPLATE", message, hint, exit: 2 });
  });

  it("no template is refused", () => {
    expect(refusal("")).toEqual({
      code: "NO_TEMPLATE",
      message: "-o template needs -template",
      hint: "write -template '{{.time}} {{.key}} {{.data}}'",
      exit: 2,
    });
  });

  it.each([
    "{{.json.what.ever}}",
    "{{range .tags}}{{.anything}}{{end}}",
    "{{with .json}}{{.anything}}{{end}}",
    "{{$x := .json}}{{$x.y}}",
    "plain",
  ])("%s is taken", (template) => {
    expect(refusal(template)).toBe(undefined);
  });
});
