import { readFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { forms, runForm, start } from "../support/executables.ts";
import { onlyChildOf } from "../support/namespaces.ts";
import { hasTerminals, startOnTerminal } from "../support/terminal.ts";

let aws: Rehearsal;
beforeAll(async () => {
  aws = await startRehearsal({ world: { parameters: { "/p/a": "1" } } });
});
afterAll(() => aws.stop());

/** Tells what arrives, one by one (a shell would take two INTs that come together for one), until it is killed. */
const listener = [
  process.execPath,
  "-e",
  'let n = 0; process.on("SIGINT", () => console.log("int", ++n)).on("SIGUSR1", () => console.log("usr1", n)); console.log("ready"); setInterval(() => {}, 1000)',
];

describe.each(forms)("the $name form with -supervise", (form) => {
  const wrapped = [...form.command, "-supervise", "-paths=/p"] as const;
  const run = (script: string, ...flags: string[]) => start([...wrapped, ...flags, "--", "sh", "-c", script], { env: aws.env });

  it("keeps a child with our descriptors and gives its exit code", async () => {
    const { child, ended } = run('echo "$A $PPID"; exit 9');
    const { code, out } = await ended;
    expect([code, out]).toEqual([9, `1 ${child.pid}\n`]);
  });

  it("passes signals on and dies of what killed the child", async () => {
    const { child, ended, says } = run('trap "echo hup" HUP; echo ready; while :; do sleep 0.02; done');
    await says("ready");
    child.kill("SIGHUP");
    await says("hup");
    child.kill("SIGTERM");
    const { signal, out } = await ended;
    expect([signal, out]).toEqual(["SIGTERM", "ready\nhup\n"]);
  });

  it.each(["SIGUSR1", "SIGKILL", "SIGPIPE", "SIGSEGV", "SIGABRT"] as const)("dies of %s like its child", async (name) => {
    const { code, signal, err } = await run(`kill -${name.slice(3)} $$`).ended;
    expect([code, signal, err]).toEqual([null, name, ""]);
  });

  it("kills a child that does not end, on the second INT or after -kill-after", async () => {
    const stubborn = 'trap "" TERM; trap "echo again" INT; echo ready; while :; do sleep 0.02; done';
    const twice = run(stubborn);
    await twice.says("ready");
    twice.child.kill("SIGINT");
    await twice.says("again");
    twice.child.kill("SIGINT");
    expect((await twice.ended).signal).toBe("SIGKILL");
    const late = run(stubborn, "-kill-after=100ms");
    await late.says("ready");
    late.child.kill("SIGTERM");
    expect((await late.ended).signal).toBe("SIGKILL");
  });

  it("passes TSTP and CONT on, away from a terminal", async () => {
    const { child, ended, says } = run('trap "echo tstp" TSTP; trap "echo cont; exit" CONT; echo ready; while :; do sleep 0.02; done');
    await says("ready");
    child.kill("SIGTSTP");
    await says("tstp");
    child.kill("SIGCONT");
    expect((await ended).out).toBe("ready\ntstp\ncont\n");
  });

  it("refuses what cannot be executed as without it", async () => {
    const { code, err } = await runForm(form, ["-supervise", "-paths=/p", "--", "nosuch-program"], { env: aws.env });
    expect([code, err]).toEqual([127, 'ssmwrap: error: "nosuch-program" was not found in PATH\n']);
  });

  it.each([
    ["-nofile with it", ["-supervise", "-nofile=256"], "-nofile does not go with -supervise"],
    ["-kill-after without it", ["-kill-after=1s"], "-kill-after has no meaning without -supervise"],
  ])("refuses %s as bad usage", async (_what, flags, sentence) => {
    const { code, out, err } = await runForm(form, [...flags, "-paths=/p", "--", "echo", "started"], { env: aws.env });
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(`ssmwrap: error: ${sentence}\n`);
  });

  describe.skipIf(!hasTerminals)("on a terminal (needs script of util-linux)", () => {
    const settings = () => ({ env: { ...aws.env, TERM: "dumb", PS1: String.raw`<\#>` } });

    it("leaves ^C to the terminal, which tells the child itself", async () => {
      const { type, says, child, ended } = startOnTerminal([...wrapped, "--", ...listener], settings());
      await says("ready");
      type("\x03");
      await says("int 1");
      // Had the wrapper passed the INT on, that would have come before this signal.
      process.kill(onlyChildOf(child), "SIGUSR1");
      await says("usr1 1");
      process.kill(onlyChildOf(child), "SIGTERM");
      expect((await ended).out).not.toContain("int 2");
    });

    it("also when only stdin is one", async () => {
      const folder = mkdtempSync(join(tmpdir(), "ssmwrap-stdin-"));
      try {
        const out = join(folder, "out");
        const said = async (text: string): Promise<void> => {
          while (!readFileSync(out, { encoding: "utf8", flag: "a+" }).includes(text)) await new Promise(setImmediate);
        };
        const inside = ["sh", "-c", 'exec "$@" >"$0" 2>&1', out, ...wrapped, "--", ...listener];
        const { type, child, ended } = startOnTerminal(inside, settings());
        await said("ready");
        type("\x03");
        await said("int 1");
        process.kill(onlyChildOf(child), "SIGUSR1");
        await said("usr1 1");
        process.kill(onlyChildOf(child), "SIGTERM");
        await ended;
        expect(readFileSync(out, "utf8")).not.toContain("int 2");
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    it("stops with its child on ^Z, so that the shell takes the terminal back, and goes on with it", async () => {
      const { type, says, ended } = startOnTerminal(["bash", "--norc", "--noediting", "-i"], settings());
      const words = [...wrapped, "--", "sh", "-c", "echo ready; read -r word; echo got $word"].map((word) => `'${word}'`);
      await says("<1>");
      type(`${words.join(" ")}\n`);
      await says("ready\r\n");
      type("\x1a");
      await says("Stopped");
      await says("<2>");
      type("fg\n");
      // What is typed before bash has handed the terminal over may be thrown away; it names the job first.
      await says("fg\r\n'");
      type("hello\n");
      await says("got hello");
      await says("<3>");
      type("exit 5\n");
      expect((await ended).code).toBe(5);
    });
  });
});
