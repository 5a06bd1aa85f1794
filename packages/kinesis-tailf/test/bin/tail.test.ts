import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../../../..");
const forms = [
  { name: "release", command: [join(root, "dist/bin/kinesis-tailf")] },
  { name: "npm", command: [process.execPath, join(root, "packages/kinesis-tailf/dist/kinesis-tailf.cjs")] },
];

let aws: Rehearsal;
let child: ChildProcess | undefined;
beforeEach(async () => {
  aws = await startRehearsal({
    world: {
      streams: {
        logs: { shards: 1, records: Array.from({ length: 100 }, (_, at) => ({ key: "k", data: `line ${at} ${"x".repeat(2000)}\n` })) },
      },
    },
  });
});
afterEach(async () => {
  child?.kill("SIGKILL");
  await aws.stop();
});

/** Start a form; stdout is left for the test to read. */
function start(
  command: readonly string[],
  argv: readonly string[],
): ChildProcess & { readonly stdout: NonNullable<ChildProcess["stdout"]> } {
  const [program = "", ...args] = command;
  const started = spawn(program, [...args, "-stream", "logs", "-from", "horizon", ...argv], {
    env: { PATH: process.env["PATH"] ?? "", HOME: "/nonexistent", ...aws.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child = started;
  return started;
}

describe.each(forms)("the $name form", ({ command }) => {
  it("prints the bytes of the records and nothing else, and exits 0", async () => {
    const { stdout } = start(command, ["-follow=false"]);
    let text = "";
    stdout.setEncoding("utf8").on("data", (more: string) => (text += more));
    await once(child ?? process, "close");
    expect([child?.exitCode, text.split("\n").length, text.startsWith("line 0 x")]).toEqual([0, 101, true]);
  });

  it("dies of SIGPIPE without a word when the reader has gone (A16)", async () => {
    const piped = spawn(
      "bash",
      ["-c", '"$@" | head -1; exit "${PIPESTATUS[0]}"', "bash", ...command, "-stream", "logs", "-from", "horizon", "-follow=false"],
      {
        env: { PATH: process.env["PATH"] ?? "", HOME: "/nonexistent", ...aws.env },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    child = piped;
    let [out, err] = ["", ""];
    piped.stdout.setEncoding("utf8").on("data", (more: string) => (out += more));
    piped.stderr.setEncoding("utf8").on("data", (more: string) => (err += more));
    await once(piped, "close");
    expect([piped.exitCode, out.split(" ", 2).join(" "), err]).toEqual([141, "line 0", ""]);
  });

  it.each(["SIGINT", "SIGTERM"] as const)("dies of %s while it follows, after what it has read is printed (K14)", async (signal) => {
    const { stdout } = start(command, ["-lf"]);
    let length = 0;
    for await (const chunk of stdout) {
      length += String(chunk).length;
      if (length > 200_000) child?.kill(signal);
    }
    if (child?.exitCode === null && child.signalCode === null) await once(child, "close");
    expect([child?.signalCode, length > 200_000]).toEqual([signal, true]);
  });

  it("hears a signal while nobody reads its output", async () => {
    const blocked = start(command, ["-max-tps", "5"]);
    blocked.stdout.pause();
    await aws.saw("kinesis:GetRecords");
    blocked.kill("SIGTERM");
    await once(blocked, "exit");
    expect(blocked.signalCode).toBe("SIGTERM");
    // A page that is being written has two seconds, and a loaded machine its time to start.
  }, 15_000);
});
