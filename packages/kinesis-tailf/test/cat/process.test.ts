import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileOf } from "./support/cat-in-process.ts";
import { textsOf } from "./support/stream-content.ts";

const program = fileURLToPath(new URL("support/program.ts", import.meta.url));

let aws: Rehearsal;
beforeEach(async () => {
  aws = await startRehearsal({ world: { streams: { s: { shards: 2 } } } });
});
afterEach(() => aws.stop());

/** Start kinesis-cat, or a command with it; its standard input can be written to. */
function start(argv: readonly string[], command: readonly [string, ...string[]] = [process.execPath, program]) {
  const [first, ...more] = command;
  const child = spawn(first, [...more, ...argv], {
    env: { PATH: process.env["PATH"], HOME: "/nonexistent", ...aws.env },
    stdio: ["pipe", "ignore", "pipe"],
  });
  let err = "";
  child.stderr.on("data", (chunk: Buffer) => void (err += chunk.toString()));
  const ended = once(child, "close").then(([code, signal]) => ({ code: Number(code), signal: String(signal), err }));
  return { child, ended };
}

describe("the process", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("dies of %s after what was under way has arrived, and says where to go on", async (name) => {
    const { child, ended } = start(["-stream=s"]);
    child.stdin.write("a\nb\nhalf a li");
    await aws.saw("kinesis:PutRecords");
    child.kill(name);
    const { signal, err } = await ended;
    expect([signal, err]).toEqual([name, expect.stringContaining("the next unsent record is standard input:3, at byte 4")]);
    expect(await textsOf(aws, "s")).toEqual(["a", "b"]);
  });

  it("repeats about the last second when it was killed and goes on with -resume", async () => {
    const lines = Array.from({ length: 2000 }, (_, at) => `line ${at}`);
    const file = fileOf(lines.join("\n"));
    const argv = ["-stream=s", `-resume=${file}.at`, file];
    const { child, ended } = start(["-rate=500", ...argv]);
    // The position is kept once a second; so many requests take more than two.
    await aws.saw("kinesis:PutRecords", { count: 50 });
    child.kill("SIGKILL");
    expect((await ended).signal).toBe("SIGKILL");
    expect((await start(argv).ended).code).toBe(0);
    const texts = await textsOf(aws, "s");
    expect([...new Set(texts)]).toEqual([...lines].sort());
    expect(texts.length - lines.length).toBeLessThan(800);
  }, 20_000);

  it("reads a pipe that is named as a file", async () => {
    const script = 'printf "a\\nb\\n" | "$0" "$@"';
    const { ended } = start(["-stream=s", "/dev/stdin"], ["sh", "-c", script, process.execPath, program]);
    expect(await ended).toMatchObject({ code: 0, err: "" });
    expect(await textsOf(aws, "s")).toEqual(["a", "b"]);
  });

  it("sends what a slow producer has written within a fraction of a second", async () => {
    const { child, ended } = start(["-stream=s"]);
    child.stdin.write("a\n");
    await aws.saw("kinesis:PutRecords");
    child.stdin.end("b\n");
    expect((await ended).code).toBe(0);
    expect(aws.calls("kinesis:PutRecords").length).toBe(2);
  });
});
