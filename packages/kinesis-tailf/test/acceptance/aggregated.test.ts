import { describe, expect, it } from "vitest";
import { magic, md5 } from "../../src/kpl/frame.ts";
import { aggregate } from "../support/aggregate.ts";
import { inShard, linesOf, scene } from "./support/scene.ts";

/** The frame around any message, with the right digest. */
const framed = (...message: readonly number[]): Uint8Array => {
  const body = Uint8Array.from(message);
  return Buffer.concat([magic, body, md5(body)]);
};
const letter = (text: string): number => text.charCodeAt(0);
const flipped = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes, (byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte));
const hi = [0x1a, 2, letter("h"), letter("i")];

/** What stderr says by `-stats=json` at the end. */
const lastObject = (err: string): unknown => JSON.parse(linesOf(err).at(-1) ?? "");

/** A stream of one shard that holds these payloads. */
const stream = (...payloads: readonly Uint8Array[]) =>
  scene({ s: { records: payloads.map((data) => ({ key: "outer", at: "-1m", dataBase64: Buffer.from(data).toString("base64") })) } });

const fromOldest = ["-stream=s", "-from=horizon", "-follow=false"];

describe("what looks like an aggregated record and is none is printed as it came, and counted by its defect", () => {
  it.each<readonly [what: string, payloads: readonly Uint8Array[], counters: object]>([
    [
      "the magic alone, and up to 16 bytes behind it (A9, K10)",
      Array.from({ length: 17 }, (_, length) => Buffer.concat([magic, Buffer.alloc(length)])),
      {},
    ],
    ["a digest with one bit flipped (A10)", [flipped(aggregate(["a", "b"]))], { kpl_bad_md5: 1 }],
    [
      "the right digest of a message that is cut, of a length past the end, and of a record without its key (A11)",
      [framed(0x0a, 1), framed(0x0a, 100, letter("k")), framed(0x0a, 1, letter("k"), 0x1a, 4, ...hi)],
      { kpl_bad_protobuf: 3 },
    ],
    ["somebody else's data (A12)", [Buffer.concat([magic, Buffer.from(" is where our format begins, too")])], { kpl_bad_md5: 1 }],
  ])("%s", async (_what, payloads, counters) => {
    await using world = await stream(...payloads);
    const { code, bytes, err } = await world.run([...fromOldest, "-stats=json"]);
    expect([code, bytes]).toEqual([0, Buffer.concat(payloads)]);
    expect(lastObject(err)).toEqual({
      seconds: expect.any(Number),
      shards: 1,
      reading: 0,
      fetched: payloads.length,
      bytes: Buffer.concat(payloads).length,
      printed: payloads.length,
      pages: 1,
      throttled: 0,
      retried: 0,
      behindMs: 0,
      ...counters,
    });
  });
});

describe("an aggregated record", () => {
  it("whose index points outside of its table is printed with a null key (A13)", async () => {
    const record = [0x08, 7, ...hi];
    await using world = await stream(framed(0x0a, 1, letter("k"), 0x1a, record.length, ...record));
    const { out, err } = await world.run([...fromOldest, "-o=json", "-stats=json"]);
    expect(JSON.parse(out)).toMatchObject({ key: null, sub: 0, data: "hi", kpl: "bad_index" });
    expect(lastObject(err)).toMatchObject({ printed: 1, kpl_bad_index: 1 });
  });

  it("that holds nothing prints nothing, and is counted where somebody looks (A13, K11)", async () => {
    await using world = await stream(framed(0x0a, 1, letter("k")));
    const json = await world.run([...fromOldest, "-stats=json"]);
    expect([json.out, lastObject(json.err)]).toEqual(["", expect.objectContaining({ fetched: 1, printed: 0, kpl_empty: 1 })]);
    const verbose = await world.run([...fromOldest, "-verbose"]);
    expect([verbose.out, verbose.err]).toEqual(["", expect.stringContaining("kpl_empty=1")]);
  });

  it("is told apart by shard, sequence number, place, key and time in -o json (K12)", async () => {
    await using world = await stream(aggregate(["a", "b"], "inner"), Buffer.from("plain"));
    const lines = linesOf((await world.run([...fromOldest, "-o=json"])).out).map((line): unknown => JSON.parse(line));
    const common = { stream: "s", shard: "shardId-000000000000", seq: expect.stringMatching(/^\d{56}$/), time: world.at(-60_000) };
    expect(lines).toMatchObject([
      { ...common, sub: 0, key: "inner", data: "a" },
      { ...common, sub: 1, key: "inner", data: "b" },
      { ...common, sub: null, key: "outer", data: "plain" },
    ]);
  });

  it("with a record of another shard is printed, and with -kcl-compat left out as a whole and counted", async () => {
    // The MD5 of "k" begins with 8c: its shard is the second one.
    const packed = { key: "outer", at: "-1m", dataBase64: Buffer.from(aggregate(["a", "b"], "k")).toString("base64") };
    await using world = await scene({
      s: { shards: 2, records: [{ ...packed, ehk: inShard(0, 2) }] },
      right: { shards: 2, records: [{ ...packed, ehk: inShard(1, 2) }] },
    });
    expect((await world.run([...fromOldest, "-lf"])).out).toBe("a\nb\n");
    const strict = await world.run([...fromOldest, "-lf", "-kcl-compat", "-stats=json"]);
    expect([strict.out, lastObject(strict.err)]).toEqual(["", expect.objectContaining({ fetched: 1, printed: 0, kpl_kcl_discarded: 1 })]);
    expect((await world.run(["-stream=right", ...fromOldest.slice(1), "-lf", "-kcl-compat"])).out).toBe("a\nb\n");
  });

  it("inside of an aggregated record is left whole, and opened with -kpl-depth 2", async () => {
    const inner = aggregate(["a", "b"]);
    await using world = await stream(aggregate([inner, "c"]));
    expect((await world.run(fromOldest)).bytes).toEqual(Buffer.concat([inner, Buffer.from("c")]));
    expect((await world.run([...fromOldest, "-lf", "-kpl-depth=2"])).out).toBe("a\nb\nc\n");
  });
});
