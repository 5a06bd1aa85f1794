import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inShard, linesOf, scene } from "./support/scene.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "kinesis-tailf-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const put = (data: string, at = "-1m", half: 0 | 1 = 0) => ({ key: "k", ehk: inShard(half, 2), at, data });
const bytes = (data: Uint8Array, at = "-1m") => ({ key: "k", at, dataBase64: Buffer.from(data).toString("base64") });
const fromOldest = ["-from=horizon", "-follow=false"];

describe("payloads", () => {
  const log = (messageType: string, ...messages: string[]): Buffer =>
    gzipSync(
      JSON.stringify({
        messageType,
        owner: "123456789012",
        logGroup: "/app",
        logStream: "web",
        subscriptionFilters: ["all"],
        logEvents: messages.map((message, at) => ({ id: String(at), timestamp: 0, message })),
      }),
    );

  it("of CloudWatch Logs become a line for each event, without control messages; a broken one is printed raw and counted (A14, K17)", async () => {
    const broken = log("DATA_MESSAGE", "never seen").subarray(0, 60);
    await using world = await scene({
      s: { records: [bytes(log("DATA_MESSAGE", "one", "two\n"), "-3m"), bytes(log("CONTROL_MESSAGE", "checking"), "-2m"), bytes(broken)] },
    });
    const { code, bytes: out, err } = await world.run(["-stream=s", ...fromOldest, "-decode=auto", "-o=line", "-stats=json"]);
    expect([code, out]).toEqual([0, Buffer.concat([Buffer.from("one\ntwo\n"), broken, Buffer.from("\n")])]);
    expect(JSON.parse(err)).toMatchObject({ fetched: 3, printed: 3, decode_failed: 1, control_dropped: 1 });
  });

  it("stay as they came in -o raw, compressed or not (K17)", async () => {
    const packed = gzipSync("text");
    await using world = await scene({ s: { records: [bytes(packed)] } });
    expect((await world.run(["-stream=s", ...fromOldest])).bytes).toEqual(packed);
  });

  it.each([
    ["beyond -max-inflate", gzipSync(Buffer.alloc(2 ** 21, "ab")), ["-max-inflate=1MiB"]],
    ["more than a thousand times", gzipSync(Buffer.alloc(20_000_000)), []],
  ])("that would grow %s are printed as they came, and counted", async (_what, bomb, flags) => {
    await using world = await scene({ s: { records: [bytes(bomb)] } });
    const { code, bytes: out, err } = await world.run(["-stream=s", ...fromOldest, "-decode=auto", "-stats=json", ...flags]);
    expect([code, out.equals(bomb)]).toEqual([0, true]);
    expect(JSON.parse(err)).toMatchObject({ printed: 1, decode_too_large: 1 });
  });

  it("run together in -o raw, and get the LF that they lack in -o line (K16)", async () => {
    await using world = await scene({ s: { records: [put("a", "-3m"), put("b\n", "-2m"), put("c")] } });
    const printed = async (...flags: string[]) => (await world.run(["-stream=s", ...fromOldest, ...flags])).out;
    expect([await printed(), await printed("-lf"), await printed("-o=line")]).toEqual(["ab\nc", "a\nb\n\nc\n", "a\nb\nc\n"]);
  });

  it("that are no text are hinted at once, on a terminal only", async () => {
    await using world = await scene({ s: { records: [bytes(Uint8Array.of(0xff, 0x0a), "-2m"), bytes(Uint8Array.of(0xfe, 0x0a))] } });
    const { bytes: out, err } = await world.run(["-stream=s", ...fromOldest, "-quiet"], { isTerminal: true });
    expect([out, err]).toEqual([
      Buffer.from([0xff, 0x0a, 0xfe, 0x0a]),
      "kinesis-tailf: warning: these records are not text\nkinesis-tailf: hint: -decode auto unpacks gzip and zstd, -o hex shows bytes\n",
    ]);
    expect((await world.run(["-stream=s", ...fromOldest])).err).toBe("");
  });

  it("of 5 MB are printed whole, whatever -memory allows (A15)", async () => {
    const large = Buffer.alloc(5_000_000, "0123456789");
    await using world = await scene({ s: { maxRecordKiB: 10_240, records: [bytes(large, "-2m"), put("small")] } });
    const { code, bytes: out } = await world.run(["-stream=s", ...fromOldest, "-memory=1MiB"]);
    expect([code, out.equals(Buffer.concat([large, Buffer.from("small")]))]).toEqual([0, true]);
  });
});

describe("several streams", () => {
  it("are read at once, and their records told apart by -o template", async () => {
    await using world = await scene({ a: { records: [put("from a")] }, b: { records: [put("from b")] } });
    const { code, out } = await world.run([
      "-stream=a,b",
      ...fromOldest,
      "-o=template",
      "-template={{.stream}} {{.shard}} {{.key}}: {{.data}}",
    ]);
    expect([code, linesOf(out).sort()]).toEqual([0, ["a shardId-000000000000 k: from a", "b shardId-000000000000 k: from b"]]);
  });

  it("share -memory", async () => {
    await using world = await scene({ a: {}, b: {} });
    await world.run(["-stream=a,b", ...fromOldest, "-memory=2MiB"]);
    const limits = world.aws.calls("kinesis:GetRecords").map(({ request }): { Limit: number } => JSON.parse(request.body));
    // A record counts as 1 KiB until some have come.
    expect(limits.map(({ Limit }) => Limit)).toEqual([1024, 1024]);
  });

  it("end together when one cannot be read, which is named (exit 1)", async () => {
    await using world = await scene({ a: { records: [put("from a")] } });
    const { code, err } = await world.run(["-stream=a,nope", "-from=horizon"]);
    expect([code, err]).toEqual([
      1,
      "kinesis-tailf: error: there is no stream nope in this region and account\nkinesis-tailf: hint: check -stream, -region and -profile\n",
    ]);
  });
});

it("a template with an unknown field is refused before anything is asked of AWS (exit 2)", async () => {
  await using world = await scene({ s: {} });
  const { code, err } = await world.run(["-stream=s", "-o=template", "-template={{.shrad}}"]);
  expect([code, linesOf(err)[0], world.aws.journal]).toEqual([
    2,
    'kinesis-tailf: error: -template: at 1:3: .shrad: a record has no field "shrad"; did you mean .shard?',
    [],
  ]);
});

it("-order time prints the shards of a range in the order of arrival", async () => {
  const records = Array.from({ length: 60 }, (_, at) => put(String(at), `-${120 - at}s`, at % 3 === 0 ? 1 : 0));
  await using world = await scene({ s: { shards: 2, records } });
  const { code, out } = await world.run(["-stream=s", "-start=5m", "-end=now", "-order=time", "-lf"]);
  expect([code, linesOf(out)]).toEqual([0, Array.from({ length: 60 }, (_, at) => String(at))]);
});

describe("-out", () => {
  const streams = {
    a: { shards: 2, records: [put("a0"), put("a1", "-1m", 1)] },
    b: { shards: 1, records: [put("b0")] },
  };

  it("writes a file for each shard and stream that its name tells apart, and nothing to stdout", async () => {
    await using world = await scene(streams);
    const { code, out } = await world.run(["-stream=a,b", ...fromOldest, "-lf", "-out", join(folder, "{stream}.{shard}")]);
    expect([code, out]).toEqual([0, ""]);
    expect(Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]))).toEqual({
      "a.shardId-000000000000": "a0\n",
      "a.shardId-000000000001": "a1\n",
      "b.shardId-000000000000": "b0\n",
    });
  });

  it("leaves a file that is there alone (exit 1), writes over it with -force, and behind it from a checkpoint", async () => {
    await using world = await scene(streams);
    const path = join(folder, "out");
    writeFileSync(path, "precious\n");
    const run = async (...flags: string[]) => {
      const { code, err } = await world.run(["-stream=b", "-follow=false", "-lf", "-out", path, ...flags]);
      return [code, linesOf(err), readFileSync(path, "utf8")];
    };
    expect(await run("-from=horizon")).toEqual([
      1,
      [
        `kinesis-tailf: error: -out: ${path} is there already`,
        "kinesis-tailf: hint: remove it, write over it with -force, or go on behind it with -from checkpoint",
      ],
      "precious\n",
    ]);
    expect(await run("-checkpoint", join(folder, "at"), "-from=checkpoint")).toEqual([0, [], "precious\nb0\n"]);
    expect(await run("-from=horizon", "-force")).toEqual([0, [], "b0\n"]);
  });

  it("says that the disk is full (exit 1)", async () => {
    await using world = await scene(streams);
    const { code, out, err } = await world.run(["-stream=b", ...fromOldest, "-out=/dev/full", "-force"]);
    expect([code, out, err]).toEqual([
      1,
      "",
      expect.stringMatching(/^kinesis-tailf: error: -out: \/dev\/full: cannot write .*\(ENOSPC\)\n$/),
    ]);
  });

  it("says what cannot be opened before anything is asked of AWS (exit 1)", async () => {
    await using world = await scene(streams);
    const path = join(folder, "missing/out");
    const { code, err } = await world.run(["-stream=b", ...fromOldest, "-out", path]);
    expect([code, err, world.aws.journal]).toEqual([1, `kinesis-tailf: error: -out: ${path} cannot be opened (ENOENT)\n`, []]);
  });
});

describe("what was read", () => {
  const streams = { s: { records: [put("a", "-2m"), put("bc")] } };
  const line = /^kinesis-tailf: 2 of 2 records printed, 3 B from 1 shard in \d+\.\d s\n$/;

  it("is a line at the end on a terminal, or with -stats, and none with -quiet", async () => {
    await using world = await scene(streams);
    const said = async (isTerminal: boolean, ...flags: string[]) =>
      (await world.run(["-stream=s", ...fromOldest, ...flags], { isTerminal })).err;
    expect([await said(true), await said(false, "-stats")]).toEqual([expect.stringMatching(line), expect.stringMatching(line)]);
    expect([await said(false), await said(true, "-quiet")]).toEqual(["", ""]);
    expect([await said(false, "-stats", "-quiet"), await said(false, "-stats=json", "-quiet")]).toEqual(["", ""]);
  });

  it("is an object every ten seconds and at the end with -stats=json", async () => {
    await using world = await scene(streams);
    const { err } = await world.run(["-stream=s", "-from=horizon", "-timeout=25s", "-stats=json"]);
    const objects = linesOf(err).map((text): { seconds: number } => JSON.parse(text));
    expect(objects.map(({ seconds }) => Math.floor(seconds / 10))).toEqual([1, 2, 2]);
    expect(objects.at(-1)).toEqual({
      seconds: expect.any(Number),
      shards: 1,
      reading: 1,
      fetched: 2,
      bytes: 3,
      printed: 2,
      pages: expect.any(Number),
      throttled: 0,
      retried: 0,
      behindMs: 0,
    });
  });
});
