import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { CreateStreamCommand, DeleteStreamCommand, PutRecordCommand } from "@aws-sdk/client-kinesis";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aggregate } from "../support/aggregate.ts";
import { inShard, linesOf, type Scene, scene, type StreamSeed } from "./support/scene.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kinesis-tailf-"));
  file = join(folder, "at.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (at: string, data: string, half: 0 | 1 = 0) => ({ key: "k", ehk: inShard(half, 2), at, data });
const pack = (at: string, ...texts: (string | Uint8Array)[]) => ({
  key: "k",
  at,
  dataBase64: Buffer.from(aggregate(texts)).toString("base64"),
});

/** What CloudWatch Logs sends to a subscribed stream. */
const logMessage = (...messages: string[]): Buffer =>
  gzipSync(
    JSON.stringify({
      messageType: "DATA_MESSAGE",
      owner: "123456789012",
      logGroup: "/app",
      logStream: "web",
      subscriptionFilters: ["all"],
      logEvents: messages.map((message, at) => ({ id: String(at), timestamp: 0, message })),
    }),
  );

/** Run on and on, each time from the checkpoint, until nothing more comes; the lines of each run. */
async function inRuns(world: Scene, ...flags: string[]): Promise<string[][]> {
  const runs: string[][] = [];
  for (;;) {
    const { code, out, err } = await world.run(["-stream=s", "-checkpoint", file, "-from=checkpoint", "-follow=false", "-lf", ...flags]);
    expect([code, err]).toEqual([0, ""]);
    if (out === "") return runs;
    runs.push(linesOf(out));
  }
}

describe("runs that end in order and go on from their checkpoint print everything once (A17)", () => {
  it.each<readonly [what: string, stream: StreamSeed, flags: string[], runs: string[][]]>([
    [
      "when -n ends inside of an aggregated record, at its first, or at its last",
      { records: [pack("-5m", "a", "b", "c"), put("-4m", "d"), pack("-3m", "e", "f")] },
      ["-n=2"],
      [
        ["a", "b"],
        ["c", "d"],
        ["e", "f"],
      ],
    ],
    [
      "when each takes one record",
      { records: [pack("-5m", "a", "b"), put("-4m", "c"), pack("-3m", "d", "e")] },
      ["-n=1"],
      [["a"], ["b"], ["c"], ["d"], ["e"]],
    ],
    [
      "when -n ends inside of an aggregated record inside of another",
      { records: [pack("-5m", aggregate(["a", "b"]), "c", aggregate(["d", "e"])), put("-4m", "f")] },
      ["-n=2", "-kpl-depth=2"],
      [
        ["a", "b"],
        ["c", "d"],
        ["e", "f"],
      ],
    ],
    [
      "when -n ends between two events of a log message",
      { records: [{ key: "k", at: "-5m", dataBase64: logMessage("a", "b", "c").toString("base64") }, put("-4m", "d")] },
      ["-n=2", "-decode=auto"],
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "over a shard that was split, parents first",
      {
        shards: 1,
        records: [put("-9m", "p"), put("-9m", "q", 1), put("-5m", "c"), put("-5m", "d", 1)],
        script: [{ at: "-7m", split: "shardId-000000000000" }],
      },
      ["-n=3", "-concurrency=1"],
      [["p", "q", "c"], ["d"]],
    ],
    [
      "when merged by time, and -n ends inside of an aggregated record",
      {
        shards: 2,
        records: [put("-6m", "a", 1), { ...pack("-5m", "b", "c", "d"), ehk: inShard(0, 2) }, put("-4m", "e", 1), put("-3m", "f")],
      },
      ["-n=2", "-order=time"],
      [
        ["a", "b"],
        ["c", "d"],
        ["e", "f"],
      ],
    ],
    [
      "when merged by time",
      { shards: 2, records: [put("-5m", "a"), put("-4m", "b", 1), put("-3m", "c")] },
      ["-n=1", "-order=time"],
      [["a"], ["b"], ["c"]],
    ],
  ])("%s", async (_what, stream, flags, runs) => {
    await using world = await scene({ s: stream });
    expect(await inRuns(world, ...flags)).toEqual(runs);
  });
});

describe("runs that each read to the end of their range, over a stream that is being written, print everything once", () => {
  it("to the tip", async () => {
    await using world = await scene({ s: { shards: 1 } });
    let count = 0;
    const write = async (): Promise<void> => {
      const data = Buffer.from(String(count++));
      await world.client.send(new PutRecordCommand({ StreamName: "s", PartitionKey: "k", Data: data }));
    };
    const printed: string[] = [];
    for (let run = 0; run < 4; run++) {
      for (let at = 0; at < 3; at++) await write();
      // Beyond the tip as it was at the start, one behind what is read on to.
      const takes = async (): Promise<void> => {
        world.aws.clock.advance(1500);
        await write();
        world.aws.clock.advance(600);
        await write();
      };
      const argv = ["-stream=s", "-checkpoint", file, "-from=checkpoint", "-follow=false", "-lf"];
      const { code, out } = await world.run(argv, { takes });
      expect(code).toBe(0);
      printed.push(...linesOf(out));
    }
    printed.push(...(await inRuns(world)).flat());
    expect(printed).toEqual(Array.from({ length: count }, (_, at) => String(at)));
  });

  it("to one moment after the other, with children that come in between", async () => {
    await using world = await scene({
      s: {
        shards: 1,
        records: [put("-9m", "a"), put("-8m", "b"), put("-6m", "c"), put("-6m", "d", 1), put("-4m", "e"), put("-4m", "f", 1)],
        script: [{ at: "-7m", split: "shardId-000000000000" }],
      },
    });
    const runs: string[][] = [];
    for (const end of [-8.5, -7.5, -6.5, -5, -3]) {
      const argv = ["-stream=s", "-checkpoint", file, "-from=checkpoint", "-end", world.at(end * 60_000), "-lf"];
      const { code, out } = await world.run(argv);
      expect(code).toBe(0);
      runs.push(linesOf(out).sort());
    }
    expect(runs).toEqual([["a"], ["b"], [], ["c", "d"], ["e", "f"]]);
  });
});

it("a checkpoint says how far each shard has been printed", async () => {
  await using world = await scene({ s: { records: [put("-5m", "a"), put("-4m", "b")] } });
  await world.run(["-stream=s", "-checkpoint", file, "-from=horizon", "-n=1"]);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
    version: 1,
    streamArn: "arn:aws:kinesis:ap-northeast-1:123456789012:stream/s",
    created: expect.any(String),
    shards: {
      "shardId-000000000000": { seq: expect.stringMatching(/^\d{56}$/), sub: null, state: "reading", time: world.at(-5 * 60_000) },
    },
  });
});

it("a run that followed from now on goes on there, and does not go back to what a closed parent held before", async () => {
  await using world = await scene({
    s: {
      shards: 1,
      records: [
        put("-50m", "of the parent, before the first run"),
        put("10s", "c1"),
        put("10s", "d1", 1),
        put("5m", "c2"),
        put("5m", "d2", 1),
      ],
      script: [{ at: "-30m", split: "shardId-000000000000" }],
    },
  });
  const first = await world.run(["-stream=s", "-checkpoint", file, "-lf", "-timeout=30s"]);
  expect(linesOf(first.out).sort()).toEqual(["c1", "d1"]);
  world.aws.clock.advance(600_000);
  expect((await inRuns(world)).map((lines) => lines.sort())).toEqual([["c2", "d2"]]);
});

it("records that retention has taken since are told of, from when to when", async () => {
  await using world = await scene({ s: { records: [put("-1m", "first"), put("1h", "lost"), put("26h", "next")] } });
  await world.run(["-stream=s", "-checkpoint", file, "-from=horizon", "-n=1"]);
  world.aws.clock.advance(27 * 3_600_000);
  const { code, out, err } = await world.run(["-stream=s", "-checkpoint", file, "-from=checkpoint", "-follow=false", "-lf"]);
  expect([code, out]).toEqual([0, "next\n"]);
  expect(err).toBe(
    `kinesis-tailf: warning: records were lost to retention before they could be read shard=shardId-000000000000 from=${world.at(0).replace(/\.\d+/, ".000")} to=${world.at(26 * 3_600_000)}\n`,
  );
});

it.each([["-from=horizon"], ["-from=latest"], ["-start=5m ago"]])(
  "the place that a checkpoint holds is not written over by a run with %s (exit 2)",
  async (flag) => {
    await using world = await scene({ s: { records: [put("-2m", "a"), put("-1m", "b")] } });
    await world.run(["-stream=s", "-checkpoint", file, "-from=checkpoint", "-n=1"]);
    const text = readFileSync(file, "utf8");
    const { code, out, err } = await world.run(["-stream=s", "-checkpoint", file, flag, "-follow=false", "-lf"]);
    expect([code, out, err, readFileSync(file, "utf8")]).toEqual([
      2,
      "",
      `kinesis-tailf: error: ${file} holds the place of an earlier run, which this one would write over\n` +
        "kinesis-tailf: hint: go on there with -from checkpoint; to begin anew, name another file or remove this one\n" +
        "usage: kinesis-tailf [flags] [KEY | - ...]\nrun kinesis-tailf -help for the flags\n",
      text,
    ]);
    expect(await inRuns(world)).toEqual([["b"]]);
  },
);

describe("a checkpoint file that cannot be used is left as it is (exit 1)", () => {
  const refused = async (world: Scene, text: string): Promise<string> => {
    writeFileSync(file, text);
    const { code, out, err } = await world.run(["-stream=s", "-checkpoint", file, "-from=checkpoint", "-follow=false"]);
    expect([code, out, readFileSync(file, "utf8")]).toEqual([1, "", text]);
    return err;
  };
  const written = async (world: Scene): Promise<string> => {
    await world.run(["-stream=s", "-checkpoint", file, "-from=horizon", "-n=1"]);
    return readFileSync(file, "utf8");
  };
  const hint = "kinesis-tailf: hint: move the file away to start without it, with -from latest or -start\n";

  it("when it is another stream's", async () => {
    await using world = await scene({ s: { records: [put("-1m", "a")] } });
    const text = (await written(world)).replace("stream/s", "stream/other");
    expect(await refused(world, text)).toBe(
      `kinesis-tailf: error: ${file} belongs to arn:aws:kinesis:ap-northeast-1:123456789012:stream/other, not to arn:aws:kinesis:ap-northeast-1:123456789012:stream/s\n${hint}`,
    );
  });

  it("when it is an earlier stream's of the same name", async () => {
    await using world = await scene({ s: { records: [put("-1m", "a")] } });
    const text = await written(world);
    await world.client.send(new DeleteStreamCommand({ StreamName: "s" }));
    world.aws.clock.advance(1000);
    await world.client.send(new CreateStreamCommand({ StreamName: "s", ShardCount: 1 }));
    world.aws.clock.advance(1000);
    expect(await refused(world, text)).toBe(
      `kinesis-tailf: error: ${file} belongs to an earlier stream of the same name, which was deleted\n${hint}`,
    );
  });

  it("when it is cut short", async () => {
    await using world = await scene({ s: { records: [put("-1m", "a")] } });
    expect(await refused(world, (await written(world)).slice(0, 100))).toBe(
      `kinesis-tailf: error: ${file}: this is no checkpoint, or it is cut short\n${hint}`,
    );
  });
});

describe("-from seq", () => {
  it("begins with that record of that shard, and reads no other shard", async () => {
    await using world = await scene({
      s: { shards: 2, records: [put("-5m", "a"), put("-4m", "b"), put("-3m", "c"), put("-3m", "other", 1)] },
    });
    const { out } = await world.run(["-stream=s", "-from=horizon", "-follow=false", "-o=json", "-grep=^b$"]);
    const { seq }: { seq: string } = JSON.parse(out);
    for (const shard of ["0", "shardId-000000000000"])
      expect(await world.run(["-stream=s", `-from=seq:${shard}:${seq}`, "-follow=false", "-lf"])).toMatchObject({
        code: 0,
        out: "b\nc\n",
        err: "",
      });
  });

  it.each([
    ["seq:0", '-from: expected latest, horizon, checkpoint or seq:SHARD:NUMBER, got "seq:0"'],
    ["seq:9:1", "the stream has no shard shardId-000000000009 in this range"],
    ["seq:0:12345", "-from: the shard shardId-000000000000 has no record 12345, or retention has taken it\n"],
  ])("%s is refused", async (from, sentence) => {
    await using world = await scene({ s: { records: [put("-1m", "a")] } });
    const { code, out, err } = await world.run(["-stream=s", "-from", from, "-follow=false"]);
    expect([code, out, err]).toEqual([2, "", expect.stringContaining(sentence)]);
  });
});
