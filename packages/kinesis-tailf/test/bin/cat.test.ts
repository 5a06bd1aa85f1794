import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileOf } from "../cat/support/cat-in-process.ts";
import { textsOf } from "../cat/support/stream-content.ts";
import { catForms, type Running, start } from "./support/forms.ts";

let aws: Rehearsal;
let running: Running[];
beforeEach(async () => {
  running = [];
  aws = await startRehearsal({ world: { streams: { s: { shards: 2 } } } });
});
afterEach(async () => {
  for (const { child } of running) child.kill("SIGKILL");
  await aws.stop();
});

/** Start a program with the world's environment; it does not outlive the test. */
function run(...command: readonly [string, ...string[]]): Running {
  const started = start(command, aws.env);
  running.push(started);
  return started;
}

describe.each(catForms)("the $name form of kinesis-cat", ({ command }) => {
  it("sends the lines of a pipe and says nothing", async () => {
    const { child, ended } = run(...command, "-stream=s");
    child.stdin.end("a\nb\r\n\nlast");
    expect(await ended).toEqual({ code: 0, signal: null, out: "", err: "" });
    expect(await textsOf(aws, "s")).toEqual(["", "a", "b", "last"]);
  });

  it.each(["SIGINT", "SIGTERM"] as const)(
    "dies of %s after what was under way has arrived, and says where to go on (C3)",
    async (signal) => {
      const { child, ended } = run(...command, "-stream=s");
      child.stdin.write("a\nb\nhalf a li");
      await aws.saw("kinesis:PutRecords");
      child.kill(signal);
      expect(await ended).toMatchObject({
        code: null,
        signal,
        err: expect.stringContaining("the next unsent record is standard input:3, at byte 4"),
      });
      expect(await textsOf(aws, "s")).toEqual(["a", "b"]);
    },
  );

  it("killed in the middle and started again with -resume loses nothing", async () => {
    const lines = Array.from({ length: 1000 }, (_, at) => `line ${at}`);
    const file = fileOf(lines.join("\n"));
    const argv = ["-stream=s", `-resume=${file}.at`, file];
    const killed = run(...command, "-rate=500", ...argv);
    // More than a second of requests: the position is kept once a second.
    await aws.saw("kinesis:PutRecords", { count: 25 });
    killed.child.kill("SIGKILL");
    expect((await killed.ended).signal).toBe("SIGKILL");
    expect((await run(...command, ...argv).ended).code).toBe(0);
    expect([...new Set(await textsOf(aws, "s"))]).toEqual([...lines].sort());
  });

  it.each<readonly [what: string, argv: readonly string[], code: number, err: RegExp]>([
    ["no -stream", [], 2, /error: -stream is required/],
    ["a stream that is not there", ["-stream=nope"], 1, /error: there is no stream nope/],
    ["a file that is not there (C6)", ["-stream=s", "/nonexistent/input"], 1, /error: .*\/nonexistent\/input/],
  ])("exits as the specification says for %s", async (_what, argv, code, err) => {
    const { child, ended } = run(...command, ...argv);
    child.stdin.end("a\n");
    expect(await ended).toEqual({ code, signal: null, out: "", err: expect.stringMatching(err) });
  });
});
