import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { type Context, Interrupted, type Log, type SignalName, ToolError } from "@sukima/core";
import type { Program } from "./become.ts";

const forwarded: readonly SignalName[] = ["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGWINCH", "SIGCONT", "SIGTSTP"];
/** What a terminal sends to the whole foreground group: the child has had it already. */
const fromTerminal = new Set<SignalName>(["SIGINT", "SIGQUIT", "SIGTSTP", "SIGWINCH"]);

/** Run the program as a child with our descriptors, pass signals on, and give its exit code (128+n when a signal killed it). */
export async function supervise(program: Program, file: string, killAfterMs: number | undefined, ctx: Context, log: Log): Promise<number> {
  const [argv0 = "", ...args] = program.argv;
  if (ctx.host.pid === 1)
    log.warn("running as process 1 and keeping the child: orphans are not reaped", {
      hint: "use initProcessEnabled: true, docker --init, or leave out -supervise",
    });
  // A terminal on stdin means that we and the child share its foreground group.
  const shared = ctx.out.isTerminal || ctx.err.isTerminal;
  let child: ChildProcess | undefined;
  // Taken before the child is there: one that comes in between must neither end us nor get lost.
  takeSignals(shared, killAfterMs, ctx, (name) => child?.kill(name));
  child = spawn(file, args, { argv0, env: program.env, stdio: "inherit", shell: false });
  return exitOf(child, file, ctx);
}

function exitOf(child: ChildProcess, file: string, ctx: Context): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", (cause: NodeJS.ErrnoException) =>
      reject(
        new ToolError("EXEC_FAILED", `${file} cannot be executed (${cause.code ?? "unknown error"})`, {
          exit: cause.code === "ENOENT" ? 127 : 126,
        }),
      ),
    );
    child.once("exit", (code, signal) => {
      if (signal === null) return resolve(code ?? 1);
      // The caller sees what it would have seen of the program itself, where a signal of ours can show it.
      if ((signal === "SIGTERM" || signal === "SIGINT") && ctx.host.pid !== 1) return reject(new Interrupted(signal));
      return resolve(128 + constants.signals[signal]);
    });
  });
}

function takeSignals(shared: boolean, killAfterMs: number | undefined, ctx: Context, kill: (name: NodeJS.Signals) => void): void {
  let interrupts = 0;
  ctx.host.takeSignals(forwarded, (name) => {
    if (name === "SIGINT") interrupts++;
    if (interrupts > 1) kill("SIGKILL");
    else if (!(shared && fromTerminal.has(name))) kill(name);
    if (killAfterMs !== undefined && (name === "SIGTERM" || name === "SIGINT")) ctx.clock.after(killAfterMs, () => kill("SIGKILL"));
  });
}
