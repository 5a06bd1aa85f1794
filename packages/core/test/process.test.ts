import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { on, once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const tool = fileURLToPath(new URL("support/tool.ts", import.meta.url));
const program = fileURLToPath(new URL("support/program.ts", import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** Start a program; `ended` has everything it wrote, `says` waits for a line on its stdout. */
function start([program, ...args]: readonly [string, ...string[]], env: Record<string, string> = {}) {
  const child: ChildProcess = spawn(program, args, { env: { PATH: process.env["PATH"] ?? "", ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const texts = { out: "", err: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (texts.out += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (texts.err += text));
  const ended: Promise<Ended> = once(child, "close").then(() => ({ code: child.exitCode, signal: child.signalCode, ...texts }));
  const says = async (line: string): Promise<void> => {
    if (child.stdout === null || texts.out.includes(line)) return;
    for await (const _chunk of on(child.stdout, "data", { close: ["end"] })) if (texts.out.includes(line)) return;
  };
  return { child, ended, says };
}

const startTool = (behaviour: string, env: Record<string, string> = {}) => start([process.execPath, tool, behaviour], env);
const sh = (script: string): Promise<Ended> => start(["sh", "-c", script], { NODE: process.execPath, TOOL: tool }).ended;

describe("a process", () => {
  it("exits with the code of the command, and answers on stdout alone", async () => {
    expect(await startTool("answer").ended).toEqual({ code: 3, signal: null, out: "42\n", err: "" });
  });

  it.each(["SIGINT", "SIGTERM"] as const)("that gets a %s ends what it does and dies of that signal", async (name) => {
    const { child, ended, says } = startTool("clean-up");
    await says("ready");
    child.kill(name);
    expect(await ended).toEqual({ code: null, signal: name, out: "ready\ncleaned up\n", err: "" });
  });

  it("that does not end after a signal dies of the second one at once", async () => {
    const { child, ended, says } = startTool("stubborn");
    await says("ready");
    child.kill("SIGINT");
    await says("heard");
    child.kill("SIGTERM");
    expect(await ended).toEqual({ code: null, signal: "SIGTERM", out: "ready\nheard\n", err: "" });
  });

  it("may take signals for itself", async () => {
    const { child, ended, says } = startTool("take-signals");
    await says("ready");
    child.kill("SIGUSR2");
    await says("SIGUSR2");
    child.kill("SIGTERM");
    expect(await ended).toEqual({ code: 9, signal: null, out: "ready\nSIGUSR2\nSIGTERM\n", err: "" });
  });

  it("may take signals for itself that have arrived already", async () => {
    expect(await startTool("take-late").ended).toEqual({ code: 9, signal: null, out: "SIGTERM\n", err: "" });
  });

  it.each([
    ["die-of-hangup", "SIGHUP"],
    ["die-of-kill", "SIGKILL"],
  ])("dies of the signal that killed its child: %s", async (behaviour, signal) => {
    expect(await startTool(behaviour).ended).toEqual({ code: null, signal, out: "", err: "" });
  });

  it("whose reader has gone dies of SIGPIPE without a word, as the shell sees: 141", async () => {
    expect(await sh('{ "$NODE" "$TOOL" flood; echo "status $?" >&2; } | head -n 1 >/dev/null')).toMatchObject({
      out: "",
      err: "status 141\n",
    });
  });

  it("whose story nobody reads any more goes on", async () => {
    const script = '{ { "$NODE" "$TOOL" story 2>&1 >/dev/null; echo "status $?" >&3; } | true; } 3>&1';
    expect((await sh(script)).out).toBe("status 4\n");
  });

  it("writes everything to a pipe that somebody has made non-blocking", async () => {
    expect((await sh('"$NODE" "$TOOL" non-blocking | wc -c')).out.trim()).toBe("4000000");
  });

  // Only Linux has /dev/full.
  it.runIf(process.platform === "linux")("whose answer cannot be kept says so and exits 1", async () => {
    expect(await sh('"$NODE" "$TOOL" answer >/dev/full')).toMatchObject({
      code: 1,
      err: "tool: error: cannot write to descriptor 1 (ENOSPC)\n",
    });
  });

  // Only Linux has /dev/full.
  it.runIf(process.platform === "linux")("goes on when its story cannot be kept", async () => {
    expect((await sh('"$NODE" "$TOOL" story 2>/dev/full')).code).toBe(4);
  });

  it.each(["bug", "late-bug", "lost-rejection"])("with a bug exits 70 and shows no value, wherever it is: %s", async (behaviour) => {
    expect(await startTool(behaviour).ended).toEqual({
      code: 70,
      signal: null,
      out: "",
      err: "tool: error: internal error (TypeError); please report it with the command line you used\n",
    });
  });

  it("keeps its environment out of diagnostic reports", async () => {
    const { out } = await startTool("report", { MARKER: "hunter2" }).ended;
    expect(JSON.parse(out)).toHaveProperty("header");
    expect(out).not.toContain("hunter2");
  });
});

const childrenOf = (pid: number): string => readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();

it("a program with subcommands is a process as any other", async () => {
  expect(await start([process.execPath, program, "greet", "you"]).ended).toEqual({ code: 5, signal: null, out: "hello, you\n", err: "" });
  expect(await start([process.execPath, program, "great"]).ended).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^program: error: unknown command great; did you mean greet\?\nusage: program /),
  });
});

/** Whether this machine lets us be process 1 of a namespace, and see from outside who that is. */
const canUnshare = ((): boolean => {
  try {
    execFileSync("unshare", ["-Urpf", "true"], { stdio: "ignore" });
    childrenOf(process.pid);
    return true;
  } catch {
    return false;
  }
})();

it.skipIf(!canUnshare)("process 1, whom no signal kills, exits with the shell's number for it (needs unshare)", async () => {
  const { child, ended, says } = start(["unshare", "-Urpf", process.execPath, tool, "wait"]);
  await says("ready");
  process.kill(Number(childrenOf(child.pid ?? 0)), "SIGTERM");
  expect(await ended).toMatchObject({ code: 143, out: "ready\n" });
});
