import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PutRecordCommand } from "@aws-sdk/client-kinesis";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aggregate } from "../support/aggregate.ts";
import { inShard, linesOf, scene, type StreamSeed } from "./support/scene.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "kinesis-tailf-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const minute = 60_000;
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
/** Long enough for pages of the least size, a hundred records, with the least `-memory`. */
const numbered = (count: number): string[] => Array.from({ length: count }, (_, at) => `record ${at} of many`);
const smallPages = "-memory=1KiB";
/** The time by a layout that the original read. */
const originalLayout = (instant: string): string => instant.slice(0, 19).replace("T", " ");

it("the original's flags print the original's bytes, shard by shard (A1)", async () => {
  const put = (shard: number, at: string, data: string) => ({ key: "k", ehk: inShard(shard, 3), at, data });
  const pack = (shard: number, at: string, texts: string[]) => ({
    key: "a",
    ehk: inShard(shard, 3),
    at,
    dataBase64: base64(aggregate(texts)),
  });
  await using world = await scene({
    s: {
      shards: 3,
      records: [
        put(0, "-20m", "too early"),
        put(0, "-14m", "plain"),
        pack(0, "-13m", ["one", "two\n", "three"]),
        put(0, "-12m", "behind"),
        put(1, "-14m", "ends in LF\n"),
        pack(1, "-14m", ["alone"]),
        pack(2, "-12m", ["", "after an empty one"]),
        put(2, "-5m", "too late"),
      ],
    },
  });
  const range = ["-start", originalLayout(world.at(-15 * minute)), "-end", originalLayout(world.at(-10 * minute)), "-lf"];
  expect(await world.run(["-stream", "s", ...range, "-out", join(folder, "{shard}")])).toMatchObject({ code: 0, out: "", err: "" });
  expect(readdirSync(folder).map((name) => [name.slice(-1), readFileSync(join(folder, name), "utf8")])).toEqual([
    ["0", "plain\none\ntwo\n\nthree\nbehind\n"],
    ["1", "ends in LF\n\nalone\n"],
    ["2", "\nafter an empty one\n"],
  ]);
  const { code, out } = await world.run(["-stream", "s", ...range]);
  expect([code, linesOf(out).length]).toEqual([0, 5 + 3 + 2 + 1]);
});

it("a chosen shard is followed for minutes without a look at the others, by -shard-id and by -from seq", async () => {
  const record = (shard: number, at: string) => ({ key: "k", ehk: inShard(shard, 2), data: `${shard} at ${at}`, at });
  await using world = await scene({ s: { shards: 2, records: ["-1m", "2m"].flatMap((at) => [record(0, at), record(1, at)]) } });
  const { out } = await world.run(["-stream=s", "-from=horizon", "-shard-id=0", "-o=json", "-timeout=5m"]);
  const found = linesOf(out).map((line): { seq: string; data: string } => JSON.parse(line));
  expect(found.map(({ data }) => data)).toEqual(["0 at -1m", "0 at 2m"]);
  const again = await world.run(["-stream=s", `-from=seq:0:${found[1]?.seq}`, "-lf", "-timeout=5m"]);
  expect([again.code, again.out, again.err]).toEqual([0, "0 at 2m\n", ""]);
});

describe("a stream of more shards than a listing's page holds is read to its last one (A2, K1)", () => {
  const world = (shards: number) =>
    scene({ s: { shards, limits: "off", records: [{ key: "k", ehk: inShard(shards - 1, shards), data: "in the last", at: "-1m" }] } });
  it("by ListShards", async () => {
    await using many = await world(2100);
    const { code, out } = await many.run(["-stream=s", "-from=horizon", "-follow=false", "-lf", "-shard-id=2099"]);
    expect([code, out, many.aws.calls("kinesis:ListShards").length]).toEqual([0, "in the last\n", 3]);
  });

  it("by DescribeStream, where ListShards is refused", async () => {
    await using many = await world(250);
    many.aws.deny("kinesis:ListShards", "*");
    const { code, out } = await many.run(["-stream=s", "-from=horizon", "-follow=false", "-lf", "-shard-id=249"]);
    expect([code, out, many.aws.calls("kinesis:DescribeStream").length]).toEqual([0, "in the last\n", 3]);
  });
});

describe("resharding", () => {
  const put = (at: string, data: string, half: 0 | 1 = 0) => ({ key: "k", ehk: inShard(half, 2), at, data });

  it("a shard that splits while it is followed is printed to its end, then its children, nothing lost or twice (A3, K2, K3)", async () => {
    await using world = await scene({
      s: {
        shards: 1,
        records: [
          put("-1m", "p1"),
          put("2s", "p2", 1),
          put("4s", "p3"),
          put("9s", "c1"),
          put("9s", "d1", 1),
          put("20s", "c2"),
          put("90s", "d2", 1),
        ],
        script: [{ at: "5s", split: "shardId-000000000000" }],
      },
    });
    const { code, out, err } = await world.run(["-stream=s", "-from=horizon", "-lf", "-n=7"]);
    expect([code, linesOf(out).slice(0, 3), linesOf(out).slice(3).sort(), err]).toEqual([
      0,
      ["p1", "p2", "p3"],
      ["c1", "c2", "d1", "d2"],
      "",
    ]);
  });

  it("the child of a merge, which both parents report, is read once (A4)", async () => {
    await using world = await scene({
      s: {
        shards: 2,
        records: [put("-1m", "p1"), put("2s", "q1", 1), put("9s", "m1"), put("10s", "m2", 1)],
        script: [{ at: "5s", merge: ["shardId-000000000000", "shardId-000000000001"] }],
      },
    });
    const { code, out } = await world.run(["-stream=s", "-from=horizon", "-lf", "-timeout=30s"]);
    expect([code, linesOf(out).slice(0, 2).sort(), linesOf(out).slice(2)]).toEqual([0, ["p1", "q1"], ["m1", "m2"]]);
    expect(world.aws.calls("kinesis:GetShardIterator").length).toBe(3);
  });

  it("what arrives while a stream is split between the listing and the first read is printed (K15)", async () => {
    await using world = await scene({
      s: {
        shards: 1,
        records: [put("-1m", "before the start"), put("3s", "parent"), put("8s", "child 1"), put("8s", "child 2", 1)],
        script: [{ at: "5s", split: "shardId-000000000000" }],
      },
    });
    const listed = world.aws.saw("kinesis:ListShards").then(() => world.aws.clock.advance(10_000));
    const { code, out } = await world.run(["-stream=s", "-lf", "-n=3"]);
    await listed;
    expect([code, linesOf(out)[0], linesOf(out).slice(1).sort()]).toEqual([0, "parent", ["child 1", "child 2"]]);
  });

  it("-shard-key goes by the lineage: the open shard of the key, and in a range its ancestors (K7)", async () => {
    // The MD5 of "k" begins with 8c: it falls into the upper half.
    const stream: StreamSeed = {
      shards: 1,
      script: [{ at: "-30m", split: "shardId-000000000000" }],
      records: [
        { key: "k", at: "-50m", data: "parent" },
        { key: "k", at: "-20m", data: "child" },
        put("-20m", "of the other child", 0),
        { key: "k", at: "10s", data: "new" },
        put("10s", "new of the other child", 0),
      ],
    };
    await using world = await scene({ s: stream });
    expect((await world.run(["-stream=s", "-shard-key=k", "-lf", "-start=1h", "-end=1m ago"])).out).toBe("parent\nchild\n");
    expect((await world.run(["-stream=s", "-shard-key=k", "-lf", "-timeout=60s"])).out).toBe("new\n");
  });
});

describe("a range", () => {
  it("that ends in the future is waited for, however long nothing comes, and no longer (K9)", async () => {
    const put = (at: string) => ({ key: "k", at, data: at });
    await using world = await scene({ s: { records: [put("-1m"), put("1s"), put("140s"), put("160s")] } });
    const { code, out } = await world.run(["-stream=s", "-start", world.at(0), "-end", world.at(150_000), "-lf"]);
    expect([code, linesOf(out)]).toEqual([0, ["1s", "140s"]]);
    expect(world.aws.clock.now().getTime()).toBeLessThan(Date.parse(world.at(160_000)));
  });

  it("is read by the service's clock, however wrong the machine's is", async () => {
    const ago = (minutes: number) => ({ key: "k", at: `${600 - minutes}m`, data: `${minutes} minutes ago` });
    await using world = await scene({ s: { records: [ago(10), ago(3), ago(1)] } });
    world.aws.clock.advance(600 * minute);
    const { code, out, err } = await world.run(["-stream=s", "-start=5m ago", "-end=2m ago", "-lf"]);
    expect([code, out, err]).toEqual([0, "3 minutes ago\n", ""]);
  });

  it("that goes back behind retention begins with the oldest record, and says so", async () => {
    await using world = await scene({ s: { records: [{ key: "k", at: "-23h", data: "oldest" }] } });
    const { code, out, err } = await world.run(["-stream=s", "-start", world.at(-48 * 60 * minute), "-end=now", "-lf"]);
    expect([code, out]).toEqual([0, "oldest\n"]);
    expect(err).toBe(
      `kinesis-tailf: warning: the stream keeps 24 hours; reading from its oldest record, not from ${world.at(-48 * 60 * minute)}\n`,
    );
  });

  it.each([["-end=now"], ["-follow=false"]])("that ends now (%s) has the records of this second too", async (flag) => {
    await using world = await scene({ s: { records: [{ key: "k", at: "-1m", data: "old" }] } });
    // Late in a second, of which the service's clock tells the beginning only.
    world.aws.clock.advance(999 - (world.aws.clock.now().getTime() % 1000));
    await world.client.send(new PutRecordCommand({ StreamName: "s", PartitionKey: "k", Data: Buffer.from("new") }));
    const { code, out } = await world.run(["-stream=s", "-start=5m ago", flag, "-lf"]);
    expect([code, out]).toEqual([0, "old\nnew\n"]);
  });

  it.each([[[]], [["-efu"]], [["-end=2099-12-31T23:59:59Z"]]])(
    "that starts in the future is refused before anything is read (%j)",
    async (flags) => {
      await using world = await scene({ s: { records: [{ key: "k", at: "-1m", data: "old" }] } });
      const { code, out, err } = await world.run(["-stream=s", "-start=2099-12-31T23:00:00Z", ...flags]);
      const now = `${world.at(0).slice(0, -5)}.000Z`;
      expect([code, out, err]).toEqual([
        2,
        "",
        `kinesis-tailf: error: -start "2099-12-31T23:00:00Z" is in the future: 2099-12-31T23:00:00.000Z (now ${now})\n` +
          "kinesis-tailf: hint: leave -start out to read what comes from now on\n" +
          "usage: kinesis-tailf [flags] [KEY | - ...]\nrun kinesis-tailf -help for the flags\n",
      ]);
      expect(world.aws.calls("kinesis:GetShardIterator")).toEqual([]);
    },
  );
});

/** How long it was, on the world's clock, from each GetRecords call to the next. */
const gapsOf = (times: readonly string[]): number[] => times.slice(1).map((time, at) => Date.parse(time) - Date.parse(times[at] ?? ""));

describe("polling", () => {
  const backlog: StreamSeed = { limits: "off", records: numbered(3000).map((data) => ({ key: "k", data, at: "-1m" })) };
  const read = async (...flags: string[]) => {
    await using world = await scene({ s: backlog });
    const { out } = await world.run(["-stream=s", "-from=horizon", "-follow=false", "-lf", smallPages, ...flags]);
    expect(linesOf(out)).toEqual(numbered(3000));
    return gapsOf(world.aws.calls("kinesis:GetRecords").map(({ time }) => time));
  };

  it("takes two of the five calls a second of a shard, and leaves the others (K13)", async () => {
    expect(Math.min(...(await read()))).toBeGreaterThanOrEqual(499);
  });

  it("takes all five with -greedy while it is behind", async () => {
    const gaps = await read("-greedy");
    expect([Math.min(...gaps) >= 199, gaps.filter((ms) => ms < 210).length > gaps.length / 2]).toEqual([true, true]);
  });

  it("asks a quiet shard once a second", async () => {
    await using world = await scene({ s: {} });
    await world.run(["-stream=s", "-timeout=60s"]);
    expect(world.aws.calls("kinesis:GetRecords").length).toBeLessThan(65);
  });

  it("prints all of 10,000 records once though two of five calls are throttled, and calls no more often for it (A5, K4)", async () => {
    await using world = await scene({ s: { limits: "off", records: numbered(10_000).map((data) => ({ key: "k", data, at: "-1m" })) } });
    world.aws.fault({ service: "kinesis", operation: "GetRecords", kind: "throttle", rate: 0.4 });
    const { code, out, err } = await world.run(["-stream=s", "-from=horizon", "-follow=false", "-lf", "-memory=8KiB"]);
    expect([code, linesOf(out), err]).toEqual([0, numbered(10_000), ""]);
    const calls = world.aws.calls("kinesis:GetRecords");
    expect(calls.filter(({ fault }) => fault === "throttle").length).toBeGreaterThan(5);
    expect(Math.min(...gapsOf(calls.map(({ time }) => time)))).toBeGreaterThanOrEqual(499);
  });
});

describe("a reader that sleeps", () => {
  it("for six minutes loses nothing and gets nothing twice, though the iterators expire (A6, K5)", async () => {
    await using world = await scene({ s: { limits: "off", records: numbered(500).map((data) => ({ key: "k", data, at: "-1m" })) } });
    let sleeps = 1;
    const takes = (): void => {
      if (sleeps-- > 0) world.aws.clock.advance(6 * minute);
    };
    const { code, out } = await world.run(["-stream=s", "-from=horizon", "-lf", smallPages, "-n=500"], { takes });
    expect([code, linesOf(out)]).toEqual([0, numbered(500)]);
    expect(world.aws.calls("kinesis:GetRecords").some(({ response }) => response?.body.includes("ExpiredIteratorException"))).toBe(true);
  });

  it("for longer than the stream keeps its records is told from when to when they are lost", async () => {
    const put = (at: string, data: string) => ({ key: "k", at, data });
    await using world = await scene({ s: { records: [put("-1m", "first"), put("1h", "lost"), put("26h", "next")] } });
    let sleeps = 1;
    const takes = (): void => {
      if (sleeps-- > 0) world.aws.clock.advance(27 * 60 * minute);
    };
    const { code, out, err } = await world.run(["-stream=s", "-from=horizon", "-lf", "-n=2"], { takes });
    expect([code, out]).toEqual([0, "first\nnext\n"]);
    // The service's clock is known by its Date header, which counts whole seconds.
    expect(err).toBe(
      `kinesis-tailf: warning: records were lost to retention before they could be read shard=shardId-000000000000 from=${world.at(0).replace(/\.\d+/, ".000")} to=${world.at(26 * 60 * minute)}\n`,
    );
  });
});
