import { createHash } from "node:crypto";
import { type Rehearsal, startRehearsal, type WorldInput } from "@sukima/rehearsal";
import { afterEach, describe, expect, it } from "vitest";
import { cat, fileOf } from "./support/cat-in-process.ts";
import { contentOf, textsOf } from "./support/stream-content.ts";

let aws: Rehearsal;
afterEach(() => aws.stop());

type Stream = NonNullable<WorldInput["streams"]>[string];

async function world(stream: Partial<Stream> = {}): Promise<void> {
  aws = await startRehearsal({ clock: "virtual", world: { streams: { s: { shards: 2, limits: "off", ...stream } } } });
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const lines = (count: number, from = 0): string[] => Array.from({ length: count }, (_, at) => `line ${from + at}`);
const requests = (operation: string): number => aws.calls(`kinesis:${operation}`).length;

describe("sending", () => {
  it("C1: takes four requests for 2,000 lines", async () => {
    await world();
    const file = fileOf(`${lines(2000).join("\n")}\n`);
    expect(await cat(aws, ["-stream", "s", file], { clock: "real" })).toEqual({ code: 0, out: "", err: "" });
    expect([requests("PutRecords"), requests("PutRecord"), requests("ListShards")]).toEqual([4, 0, 0]);
    expect(await textsOf(aws, "s")).toEqual(lines(2000).sort());
  });

  it.each([
    ["LF", "a\nb\n", [], ["a", "b"]],
    ["no LF at the end", "a\nb", [], ["a", "b"]],
    ["CRLF loses its CR", "a\r\nb\r\n", [], ["a", "b"]],
    ["only one CR is lost", "a\r\r\n", [], ["a\r"]],
    ["C4: an empty line is an empty record", "a\n\nb\n", [], ["", "a", "b"]],
    ["C4: -skip-empty drops it", "a\n\nb\n", ["-skip-empty"], ["a", "b"]],
    ["-lf puts the LF back", "a\r\nb", ["-lf"], ["a\n", "b\n"]],
    ["-keep-cr", "a\r\nb", ["-keep-cr"], ["a\r", "b"]],
    ["C5: -delimiter", "a\\nb;c;", ["-delimiter", ";"], ["a\\nb", "c"]],
    ["C5: -whole", "a\nb\n", ["-whole"], ["a\nb\n"]],
  ])("gives the data and keys of the original: %s", async (_what, input, flags, expected) => {
    await world();
    expect(await cat(aws, ["-stream=s", ...flags, fileOf(input)])).toMatchObject({ code: 0, err: "" });
    const content = await contentOf(aws, "s");
    const sent = content.flatMap(({ records }) => records.map(({ key, data }) => [data.toString(), key]));
    // The key is the hash of the data with the LF that -lf adds.
    expect(sent.sort()).toEqual(expected.map((text) => [text, sha256(text)]).sort());
  });

  it("C5: takes binary records behind their lengths", async () => {
    await world();
    const records = [Buffer.of(0, 10, 13, 255), Buffer.of(), Buffer.from("x".repeat(70_000))];
    const prefixed = records.map((data) =>
      Buffer.concat([Buffer.of(0, data.length >> 16, (data.length >> 8) & 255, data.length & 255), data]),
    );
    expect((await cat(aws, ["-stream=s", "-length-prefix"], { stdin: prefixed })).code).toBe(0);
    const content = await contentOf(aws, "s");
    const sent = content.flatMap(({ records: found }) => found.map(({ data }) => data.toString("hex")));
    expect(sent.sort()).toEqual(records.map((data) => data.toString("hex")).sort());
  });

  it.each([
    [
      ["-partition-key", "k"],
      ["k", "k"],
    ],
    [
      ["-key-from", "user.id"],
      ["7", sha256('{"b":2}')],
    ],
    [
      ["-key-from", '/"(\\w)"/'],
      ["u", "b"],
    ],
  ])("makes keys by %j", async (flags, expected) => {
    await world();
    const input = '{"user":{"id":7}}\n{"b":2}\n'.replace('"user"', '"u":0,"user"');
    await cat(aws, ["-stream=s", ...flags], { stdin: [input] });
    const content = await contentOf(aws, "s");
    expect(content.flatMap(({ records }) => records.map(({ key }) => key)).sort()).toEqual(expected.sort());
  });

  it("spreads identical lines with -key-random", async () => {
    await world();
    await cat(aws, ["-stream=s", "-key-random"], { stdin: ["same\n".repeat(50)] });
    expect((await contentOf(aws, "s")).every(({ records }) => records.length > 0)).toBe(true);
  });

  it("C2: sends a line of 70,000 bytes, and one that fills the limit with its key", async () => {
    await world();
    const long = "x".repeat(1_048_576 - 64);
    expect(await cat(aws, ["-stream=s"], { stdin: [`${"y".repeat(70_000)}\n`, long] })).toMatchObject({ code: 0, err: "" });
    expect((await textsOf(aws, "s")).map((text) => text.length)).toEqual([long.length, 70_000]);
  });

  it("C2: takes the limit from the stream", async () => {
    await world({ maxRecordKiB: 10_240 });
    const long = "x".repeat(6_000_000);
    expect((await cat(aws, ["-stream=s"], { stdin: [`${long}\nafter\n`] })).code).toBe(0);
    expect((await textsOf(aws, "s")).map((text) => text.length)).toEqual([5, 6_000_000]);
  });

  it("C2: names an over-long line and stops before anything behind it", async () => {
    await world();
    const file = fileOf(`a\n${"x".repeat(1_048_576)}\nb\n`);
    const { code, err } = await cat(aws, ["-stream=s", file]);
    expect(code).toBe(1);
    expect(err).toContain(`${file}:2: the record has 1048640 bytes with its key, more than the limit of 1048576`);
    expect(err).toContain(`the next unsent record is ${file}:2, at byte 2`);
    expect(await textsOf(aws, "s")).toEqual(["a"]);
  });

  it("C2: goes on behind an over-long line with -skip-oversize", async () => {
    await world();
    const { code, err } = await cat(aws, ["-stream=s", "-skip-oversize"], { stdin: ["a\n", "x".repeat(3_000_000), "\nb\n"] });
    expect([code, err]).toEqual([
      0,
      "kinesis-cat: warning: standard input:2: the record has 3000000 bytes, more than the limit of 1048576\n",
    ]);
    expect(await textsOf(aws, "s")).toEqual(["a", "b"]);
  });

  it("C3: throttled records are sent again, until all have arrived", async () => {
    await world({ limits: "on" });
    expect(await cat(aws, ["-stream=s"], { stdin: [`${lines(6000).join("\n")}\n`] })).toMatchObject({ code: 0, err: "" });
    expect(await textsOf(aws, "s")).toEqual(lines(6000).sort());
  });

  it("C3: says the next unsent line and byte when the service refuses for good", async () => {
    await world();
    const file = fileOf(`${lines(1200).join("\n")}\n`);
    aws.fail("kinesis:PutRecords", "KMSDisabledException", { after: 2 });
    const { code, err } = await cat(aws, ["-stream=s", "-concurrency=1", file]);
    expect(code).toBe(1);
    expect(err).toContain(`the next unsent record is ${file}:1001, at byte ${lines(1000).join("\n").length + 1}`);
    expect(err).toContain("KMSDisabledException");
  });

  it("C3: gives up on a service that keeps failing, and says where", async () => {
    await world();
    aws.fault({ service: "kinesis", operation: "PutRecords", kind: "error", after: 1 });
    const { code, err } = await cat(aws, ["-stream=s", "-concurrency=1"], { stdin: [lines(600).join("\n")] });
    expect([code, err]).toEqual([
      1,
      expect.stringContaining("sending the same record has failed 10 times in a row (InternalFailureException)"),
    ]);
    expect(err).toContain("the next unsent record is standard input:501");
  });

  it("sends again what was cut off on its way, rather than lose it", async () => {
    await world();
    aws.fault({ service: "kinesis", operation: "PutRecords", kind: "cut", times: 1 });
    aws.fault({ service: "kinesis", operation: "PutRecords", kind: "lost-answer", times: 1 });
    expect((await cat(aws, ["-stream=s"], { stdin: ["a\nb\n"] })).code).toBe(0);
    expect(new Set(await textsOf(aws, "s"))).toEqual(new Set(["a", "b"]));
  });

  it.each([
    ["5 MiB", [], 5],
    ["10 MiB with -big-requests", ["-big-requests"], 10],
  ])("fills requests up to %s", async (_what, flags, records) => {
    await world();
    // One chunk, so that the requests do not depend on how fast it is read.
    const stdin = [`${"x".repeat(1_000_000)}\n`.repeat(15)];
    expect((await cat(aws, ["-stream=s", "-key-random", ...flags], { stdin })).code).toBe(0);
    const sizes = aws.calls("kinesis:PutRecords").map(({ request }) => request.body.match(/PartitionKey/g)?.length);
    expect(Math.max(...sizes.map(Number))).toBe(records);
  });

  it("keeps to the records a second that -rate allows", async () => {
    await world();
    const began = aws.clock.now().getTime();
    expect((await cat(aws, ["-stream=s", "-rate=500"], { stdin: [lines(1000).join("\n")] })).code).toBe(0);
    expect(aws.clock.now().getTime() - began).toBeGreaterThan(1800);
  });

  it("C6: names a file that cannot be read, after sending what stands before it", async () => {
    await world();
    const file = fileOf("a\n");
    const { code, err } = await cat(aws, ["-stream=s", file, "/nonexistent/b.log"]);
    expect([code, err]).toEqual([1, expect.stringContaining("/nonexistent/b.log cannot be read (ENOENT)")]);
    expect(err).toContain(`the next unsent record is ${file}:2, at byte 2`);
    expect(await textsOf(aws, "s")).toEqual(["a"]);
  });

  it("reads files and standard input in their order, each with a last line of its own", async () => {
    await world({ shards: 1 });
    await cat(aws, ["-stream=s", "-ordered", "-partition-key=k", fileOf("a\nb"), "-", fileOf("d\n")], { stdin: ["c"] });
    const [shard] = await contentOf(aws, "s");
    expect(shard?.records.map(({ data }) => data.toString())).toEqual(["a", "b", "c", "d"]);
  });

  it("A19: 10,000 lines, a long one, CRLF, an empty one and 10 % partial failures: nothing lost, nothing twice, the over-long line named", async () => {
    await world();
    aws.fault({ service: "kinesis", operation: "PutRecords", kind: "partial", share: 0.1, times: 10 });
    const long = "x".repeat(1_048_576 - 64);
    const input = [`${lines(5000).join("\r\n")}\r\n`, `\n${long}\n`, `${"z".repeat(1_048_577)}\n`, lines(5000, 5000).join("\n")];
    const { code, err } = await cat(aws, ["-stream=s", "-skip-oversize"], { stdin: input });
    expect([code, err]).toEqual([0, expect.stringContaining("standard input:5003: the record has 1048577 bytes")]);
    const content = await contentOf(aws, "s");
    const sent = content.flatMap(({ records }) => records);
    expect(sent.map(({ data }) => data.toString()).sort()).toEqual([...lines(10_000), "", long].sort());
    expect(sent.every(({ key, data }) => key === createHash("sha256").update(data).digest("hex"))).toBe(true);
  });
});
