import { describe, expect, it } from "vitest";
import type { StreamRecord } from "../record.ts";
import { createFormatter, type FormatSettings, outputFormats } from "./formatter.ts";

const plain = { lf: false, zone: "Asia/Tokyo", isColoured: false, isTerminal: false } as const;

const record = (data: string | Uint8Array, more: Partial<StreamRecord> = {}): StreamRecord => ({
  stream: "app",
  shard: "shardId-000000000003",
  sequence: "4961",
  sub: null,
  key: "user-1",
  explicitHashKey: null,
  arrivedAtMs: Date.parse("2026-11-23T01:00:00.250Z"),
  data: Buffer.from(data),
  ...more,
});

const print = (settings: Pick<FormatSettings, "format"> & Partial<FormatSettings>, ...records: readonly StreamRecord[]): string => {
  const format = createFormatter({ ...plain, ...settings });
  const chunks: Uint8Array[] = [];
  for (const each of records) format(each, chunks);
  return Buffer.concat(chunks).toString();
};

const invalid = Uint8Array.of(0x66, 0xff, 0x66);

describe("-o raw", () => {
  it("adds nothing, and does not copy", () => {
    const chunks: Uint8Array[] = [];
    const [first, second] = [record("a"), record(invalid)];
    const format = createFormatter({ ...plain, format: "raw" });
    format(first, chunks);
    format(second, chunks);
    expect(chunks.map((chunk) => chunk === first.data || chunk === second.data)).toEqual([true, true]);
  });

  it("with -lf adds LF to every record, whether it has one or not", () => {
    expect(print({ format: "raw", lf: true }, record("a"), record("b\n"), record(""))).toBe("a\nb\n\n\n");
  });
});

it("-o line adds LF where it is missing", () => {
  expect(print({ format: "line", lf: true }, record("a"), record("b\n"), record(""))).toBe("a\nb\n\n");
});

describe("-o json", () => {
  it("prints a record on one line", () => {
    expect(print({ format: "json", lf: true }, record('{"a":\n"é"}'))).toBe(
      '{"stream":"app","shard":"shardId-000000000003","seq":"4961","sub":null,"key":"user-1","ehk":null,"time":"2026-11-23T01:00:00.250Z","data":"{\\"a\\":\\n\\"é\\"}"}\n',
    );
  });

  it("prints what is not UTF-8 as base64, and a key that is not known as null (A13)", () => {
    const printed = print({ format: "json" }, record(invalid, { key: null, sub: 2, explicitHashKey: "7", kpl: "bad_index" }));
    expect(JSON.parse(printed)).toEqual({
      stream: "app",
      shard: "shardId-000000000003",
      seq: "4961",
      sub: 2,
      key: null,
      ehk: "7",
      time: "2026-11-23T01:00:00.250Z",
      dataBase64: "Zv9m",
      kpl: "bad_index",
    });
  });

  it("says what was decoded, and where a log event comes from", () => {
    const log = { id: "e1", timeMs: 0, group: "/app", stream: "web/1" };
    const printed = print({ format: "json" }, record("x", { decoded: ["gzip", "cloudwatch"], log, tags: [{ key: "a", value: null }] }));
    expect(JSON.parse(printed)).toMatchObject({
      decoded: ["gzip", "cloudwatch"],
      log: { id: "e1", time: "1970-01-01T00:00:00.000Z", group: "/app", stream: "web/1" },
      tags: [{ key: "a", value: null }],
    });
  });
});

describe("-o text", () => {
  it("prints time, shard, key and payload", () => {
    expect(print({ format: "text" }, record("hello\n"), record("two\nlines", { key: null }))).toBe(
      "2026-11-23T10:00:00.250+09:00 shardId-000000000003 user-1 hello\n2026-11-23T10:00:00.250+09:00 shardId-000000000003 - two\nlines\n",
    );
  });

  it("sends no control character of a payload or a key to a terminal", () => {
    const hostile = record("\u001b[2J\r\n\u0007\u009b1m\t\u202e end", { key: "k\n\u001b]0;x\u0007" });
    expect(print({ format: "text", isTerminal: true }, hostile)).toBe(
      "2026-11-23T10:00:00.250+09:00 shardId-000000000003 k\\n\\e]0;x\\x07 \\e[2J\\r\\n\\x07\\x9b1m\t\\u202e end\n",
    );
  });

  it("replaces bytes that are not UTF-8", () => {
    expect(print({ format: "text" }, record(invalid))).toMatch(/ f\ufffdf\n$/);
  });

  it("refuses a zone that does not exist before the first record", () => {
    expect(() => createFormatter({ ...plain, format: "text", zone: "Tokio" })).toThrow('"Tokio" is not a time zone');
  });

  it("is coloured when asked", () => {
    expect(print({ format: "text", isColoured: true }, record("x"))).toBe(
      "\u001b[2m2026-11-23T10:00:00.250+09:00\u001b[22m \u001b[36mshardId-000000000003\u001b[39m \u001b[33muser-1\u001b[39m x\n",
    );
  });
});

it("-o hex prints offsets, bytes and ASCII, and the length of each record", () => {
  expect(print({ format: "hex" }, record("0123456789abcdef\u0001é"), record(""))).toBe(
    [
      "00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  |0123456789abcdef|",
      "00000010  01 c3 a9                                          |...|",
      "00000013",
      "00000000",
      "",
    ].join("\n"),
  );
});

describe("-o template", () => {
  it("prints what the template makes of each record", () => {
    const template = "{{.time}} {{.shard}} {{.key}} {{.data}}";
    expect(print({ format: "template", template }, record("a"), record("b\n"))).toBe(
      "2026-11-23T01:00:00.250Z shardId-000000000003 user-1 a\n2026-11-23T01:00:00.250Z shardId-000000000003 user-1 b\n",
    );
  });

  it("leaves out a record that the template fails for, tells why, and goes on", () => {
    const problems: string[] = [];
    const failed = (problem: string): void => void problems.push(problem);
    const settings = { format: "template", template: "{{.seq}} {{.json.a.b}}", failed } as const;
    expect(print(settings, record('{"a":{"b":"x"}}'), record('{"a":5}'), record('{"a":{"b":"y"}}'))).toBe("4961 x\n4961 y\n");
    expect(problems).toEqual(["at 1:12: can't evaluate field b in type int in .json.a.b"]);
  });

  it("is refused without -template before the first record", () => {
    expect(() => createFormatter({ ...plain, format: "template" })).toThrow("-o template needs -template");
  });
});

it("every form ends with its record, so that the next one begins a line", () => {
  for (const format of outputFormats) expect(print({ format, lf: true, template: "{{.data}}" }, record("x"))).toMatch(/\n$/);
});
