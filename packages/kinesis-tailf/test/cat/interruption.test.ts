import { readFileSync, writeFileSync } from "node:fs";
import { Interrupted } from "@sukima/core";
import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cat, fileOf } from "./support/cat-in-process.ts";
import { textsOf } from "./support/stream-content.ts";

let aws: Rehearsal;
beforeEach(async () => {
  aws = await startRehearsal({ clock: "virtual", world: { streams: { s: { shards: 2, limits: "off" }, other: {} } } });
});
afterEach(() => aws.stop());

const lines = (count: number): string[] => Array.from({ length: count }, (_, at) => `line ${at}`);

/** Input that is interrupted before its last piece. */
async function* interrupted(pieces: readonly string[], stop: AbortController): AsyncGenerator<Uint8Array> {
  for (const [at, piece] of pieces.entries()) {
    if (at === pieces.length - 1) {
      stop.abort(new Interrupted("SIGINT"));
      return;
    }
    yield Buffer.from(piece);
    for (let turns = 0; turns < 200; turns++) await new Promise((resolve) => void setImmediate(resolve));
  }
}

describe("-resume", () => {
  it("goes on where an interrupted run stopped: nothing lost, nothing twice", async () => {
    const resume = fileOf("", "at.json.unused").replace(".unused", "");
    const all = lines(3000);
    const pieces = [0, 1, 2].map((at) => `${all.slice(at * 1000, at * 1000 + 1000).join("\n")}\n`);
    const stop = new AbortController();
    const first = await cat(aws, ["-stream=s", `-resume=${resume}`], { stdin: interrupted(pieces, stop), signal: stop.signal });
    expect(first).toMatchObject({ code: -1, err: expect.stringContaining("the next unsent record is standard input:") });
    expect((await textsOf(aws, "s")).length).toBeGreaterThan(0);
    expect((await cat(aws, ["-stream=s", `-resume=${resume}`], { stdin: pieces })).code).toBe(0);
    expect(await textsOf(aws, "s")).toEqual([...all].sort());
  });

  it("does not send again what arrived behind a record that did not", async () => {
    const file = fileOf(lines(1200).join("\n"));
    const resume = fileOf("", "at.json.unused").replace(".unused", "");
    // Of three requests at once, the first is refused for good and the others are taken.
    aws.fail("kinesis:PutRecords", "KMSDisabledException", { times: 1 });
    const first = await cat(aws, ["-stream=s", `-resume=${resume}`, file]);
    expect(first).toMatchObject({ code: 1, err: expect.stringContaining(`-resume ${resume} goes on from there`) });
    const between = (await textsOf(aws, "s")).length;
    expect(between).toBeLessThan(1200);
    expect((await cat(aws, ["-stream=s", `-resume=${resume}`, file])).code).toBe(0);
    expect(await textsOf(aws, "s")).toEqual([...lines(1200)].sort());
  });

  it("sends what was appended since", async () => {
    const file = fileOf("a\n");
    const resume = fileOf("", "at.json.unused").replace(".unused", "");
    await cat(aws, ["-stream=s", `-resume=${resume}`, file]);
    writeFileSync(file, "a\nb\n");
    await cat(aws, ["-stream=s", `-resume=${resume}`, file]);
    expect(await textsOf(aws, "s")).toEqual(["a", "b"]);
  });

  it.each([
    ["of another stream", ["-stream=other"], (text: string) => text, "belongs to another run: it was made for s"],
    ["of another splitting", ["-stream=s", "-whole"], (text: string) => text, "belongs to another run"],
    ["that is truncated", ["-stream=s"], (text: string) => text.slice(0, 20), "is not JSON"],
    ["of something else", ["-stream=s"], () => "{}", "is no resume file of kinesis-cat"],
    ["beyond the end of the input", ["-stream=s"], (text: string) => text.replace('"offset":2', '"offset":20'), "which has only 2"],
  ])("refuses a file %s and leaves it alone", async (_what, argv, spoil, message) => {
    const file = fileOf("a\n");
    const resume = fileOf("", "at.json.unused").replace(".unused", "");
    await cat(aws, ["-stream=s", `-resume=${resume}`, file]);
    const spoilt = spoil(readFileSync(resume, "utf8"));
    writeFileSync(resume, spoilt);
    expect(await cat(aws, [...argv, `-resume=${resume}`, file])).toMatchObject({ code: 2, err: expect.stringContaining(message) });
    expect(readFileSync(resume, "utf8")).toBe(spoilt);
  });
});
