import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { constants } from "node:os";
// The context knows terminals of its own output only; this file is loaded for -supervise alone, so the module costs other runs nothing.
import { isatty } from "node:tty";
import { codeOf, type Context, Interrupted, type Log, type SignalName } from "@sukima/core";
import { type Program, refused } from "./become.ts";
import { heedSignals } from "./pending-signals.ts";

const forwarded: readonly SignalName[] = ["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGWINCH", "SIGCONT"];
/** What a terminal sends to the whole foreground group: the child has had it already. */
const fromTerminal = new Set<SignalName>(["SIGINT", "SIGQUIT", "SIGWINCH"]);

/** Run the program as a child with our standard descriptors, pass signals on, and give its exit code; throw `Interrupted` with the signal that killed it. */
export async function supervise(program: Program, file: string, killAfterMs: number | undefined, ctx: Context, log: Log): Promise<number> {
  const [argv0 = "", ...args] = program.argv;
  if (ctx.host.pid === 1)
    log.warn("running as process 1 and keeping the child: orphans are not reaped", {
      hint: "use initProcessEnabled: true, docker --init, or leave out -supervise",
    });
  // With a terminal on any of them, we and the child are in its foreground group.
  const shared = [0, 1, 2].some((fd) => isatty(fd));
  let child: ChildProcess | undefined;
  await heedSignals(ctx);
  // Taken before the child is there: one that comes in between must neither end us nor get lost.
  takeSignals(shared, killAfterMs, ctx, (name) => child?.kill(name));
  try {
    child = spawn(file, args, { argv0, env: program.env, stdio: "inherit", shell: false });
  } catch (error) {
    // Some of the system's errors are thrown at once (ENOEXEC, E2BIG), others are told by an event.
    throw refused(file, codeOf(error));
  }
  return exitOf(child, file, ctx);
}

function exitOf(child: ChildProcess, file: string, ctx: Context): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on("error", (error) => {
      // Of a child that runs: a signal could not be sent to it, as to one that has become another user.
      if (child.pid === undefined) reject(refused(file, codeOf(error)));
    });
    child.once("exit", (code, signal) => {
      if (signal === null) return resolve(code ?? 1);
      // The caller sees what it would have seen of the program itself, where a signal of ours can show it.
      if (ctx.host.pid !== 1 && (!dumpsCore.has(signal) || withholdMemory())) return reject(new Interrupted(signal));
      return resolve(128 + constants.signals[signal]);
    });
  });
}

function takeSignals(shared: boolean, killAfterMs: number | undefined, ctx: Context, kill: (name: NodeJS.Signals) => void): void {
  let interrupts = 0;
  // A terminal's TSTP is left alone: it stops us with the child, so that the shell takes over and CONT resumes both. Else it is the child's business.
  ctx.host.takeSignals(shared ? forwarded : [...forwarded, "SIGTSTP"], (name) => {
    if (name === "SIGINT") interrupts++;
    if (interrupts > 1) kill("SIGKILL");
    else if (!(shared && fromTerminal.has(name))) kill(name);
    if (killAfterMs !== undefined && (name === "SIGTERM" || name === "SIGINT")) ctx.clock.after(killAfterMs, () => kill("SIGKILL"));
  });
}

const dumpsCore: ReadonlySet<NodeJS.Signals> = new Set<NodeJS.Signals>([
  "SIGQUIT",
  "SIGILL",
  "SIGTRAP",
  "SIGABRT",
  "SIGBUS",
  "SIGFPE",
  "SIGSEGV",
  "SIGXCPU",
  "SIGXFSZ",
  "SIGSYS",
]);

/** Keep memory, and the secrets in it, out of a core dump of ours (core(5)). Gives whether that worked. */
function withholdMemory(): boolean {
  try {
    writeFileSync("/proc/self/coredump_filter", "0");
    return true;
  } catch {
    return false;
  }
}
