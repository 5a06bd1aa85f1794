import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { forms, type Running, start } from "./support/forms.ts";

const count = 3000;
const texts = Array.from({ length: count }, (_, at) => `record ${at} of many`);
/** Records of a page with the least `-memory`. */
const pageLength = 100;

let aws: Rehearsal;
let folder: string;
let file: string;
let running: Running[];
beforeEach(async () => {
  running = [];
  folder = mkdtempSync(join(tmpdir(), "kinesis-tailf-"));
  file = join(folder, "at.json");
  aws = await startRehearsal({
    world: { streams: { logs: { limits: "off", records: texts.map((data) => ({ key: "k", data, at: "-1m" })) } } },
  });
});
afterEach(async () => {
  for (const { child } of running) child.kill("SIGKILL");
  await aws.stop();
  rmSync(folder, { recursive: true });
});

function run(command: readonly [string, ...string[]], ...argv: string[]): Running {
  const started = start([...command, "-stream=logs", "-lf", "-memory=1KiB", ...argv], aws.env);
  running.push(started);
  return started;
}
const linesOf = (text: string): string[] => text.split("\n").slice(0, -1);

describe.each(forms)("the $name form", ({ command }) => {
  const first = [...command] as const;
  const goOn = (...argv: string[]) => run(first, "-checkpoint", file, "-from=checkpoint", "-follow=false", "-max-tps=1000", ...argv).ended;

  // Longer than other tests, since a checkpoint is written once a second.
  it("killed in the middle and started again from its checkpoint prints all, and twice what it printed in the last second at the most (A17)", async () => {
    const killed = run(first, "-checkpoint", file, "-from=horizon", "-max-tps=20");
    // A page of 100 takes 50 ms, so that some were read behind the second checkpoint.
    await aws.saw("kinesis:GetRecords", { count: 25 });
    killed.child.kill("SIGKILL");
    const before = await killed.ended;
    expect([before.signal, existsSync(`${file}.lock`)]).toEqual(["SIGKILL", true]);
    const after = await goOn();
    expect([after.code, after.err, existsSync(`${file}.lock`)]).toEqual([0, "", false]);
    const printed = [...linesOf(before.out), ...linesOf(after.out)];
    expect([...new Set(printed)]).toEqual(texts);
    expect(printed.length - count).toBeLessThanOrEqual(21 * pageLength);
  });

  it.each(["SIGINT", "SIGTERM"] as const)("stopped by %s and started again prints all, and nothing twice (A17, K14)", async (signal) => {
    const stopped = run(first, "-checkpoint", file, "-from=horizon", "-max-tps=50");
    await aws.saw("kinesis:GetRecords", { count: 5 });
    stopped.child.kill(signal);
    const before = await stopped.ended;
    const after = await goOn();
    expect([before.signal, after.code, linesOf(before.out).length < count]).toEqual([signal, 0, true]);
    expect([...linesOf(before.out), ...linesOf(after.out)]).toEqual(texts);
  });

  it.each<readonly [how: string, argv: readonly string[], signal: NodeJS.Signals | undefined]>([
    ["SIGTERM", [], "SIGTERM"],
    ["-timeout", ["-timeout=1s"], undefined],
  ])("whose reader has stalled is ended by %s all the same, with its checkpoint written", async (_how, argv, signal) => {
    // All in one page, which in this form is more than the pipe takes.
    const stalled = run(first, "-checkpoint", file, "-from=horizon", "-memory=128MiB", "-o=json", ...argv);
    await stalled.printed(1);
    stalled.child.stdout.pause();
    if (signal !== undefined) stalled.child.kill(signal);
    await once(stalled.child, "exit");
    expect([stalled.child.signalCode, stalled.child.exitCode]).toEqual([signal ?? null, signal === undefined ? 0 : null]);
    stalled.child.stdout.resume();
    const lines = [...linesOf((await stalled.ended).out), ...linesOf((await goOn("-o=json")).out)];
    const printed = lines.map((line): { data: string } => JSON.parse(line)).map(({ data }) => data);
    expect([...new Set(printed)]).toEqual(texts);
  });

  it("whose reader goes away dies of SIGPIPE with its checkpoint written", async () => {
    const script = '"$@" | head -150; exit "${PIPESTATUS[0]}"';
    const before = await run(["bash", "-c", script, "bash", ...command], "-checkpoint", file, "-from=horizon", "-max-tps=50").ended;
    expect([before.code, linesOf(before.out), before.err]).toEqual([141, texts.slice(0, 150), ""]);
    const resumed = linesOf((await goOn()).out);
    // What the pipe took and head did not read is printed to nobody: the position is what stdout has accepted.
    expect([resumed, resumed.length >= count - 5 * pageLength]).toEqual([texts.slice(-resumed.length), true]);
  });

  it("leaves a checkpoint alone that another process keeps (exit 1), and takes over the one of a process that is gone", async () => {
    const keeper = run(first, "-checkpoint", file, "-from=horizon");
    await keeper.printed(1);
    const { code, out, err } = await goOn();
    expect([code, out, err]).toEqual([
      1,
      "",
      `kinesis-tailf: error: ${file} is in use by process ${keeper.child.pid}\nkinesis-tailf: hint: give each process a checkpoint file of its own\n`,
    ]);
    keeper.child.kill("SIGKILL");
    await keeper.ended;
    expect((await goOn()).code).toBe(0);
  });

  it("whose disk is full says so (exit 1), leaves whole pages, and goes on behind them when there is room", async () => {
    const out = join(folder, "out");
    const argv = ["-checkpoint", file, "-out", out, "-max-tps=1000"];
    // No file may grow beyond 16 KiB.
    const full = await run(["bash", "-c", 'ulimit -f 16 && exec "$@"', "bash", ...command], ...argv, "-from=horizon", "-follow=false")
      .ended;
    expect([full.code, full.err]).toEqual([1, expect.stringMatching(/^kinesis-tailf: error: -out: .*\/out: cannot write .*\(EFBIG\)\n$/)]);
    const whole = linesOf(readFileSync(out, "utf8"));
    expect([whole.length % pageLength, whole.length > 0]).toEqual([0, true]);
    expect((await goOn("-out", out)).code).toBe(0);
    expect(linesOf(readFileSync(out, "utf8"))).toEqual(texts);
  });
});
