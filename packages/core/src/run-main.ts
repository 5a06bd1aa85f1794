import { systemClock } from "./clock.ts";
import type { Command } from "./command.ts";
import type { Context, SignalName } from "./context.ts";
import { Interrupted } from "./error.ts";
import { execute } from "./execute.ts";
import type { FailingPage } from "./failure.ts";
import { platform } from "./platform/index.ts";
import { fdSink, forgivingSink, ReaderGone } from "./sink.ts";

/** Die of a signal, so that the parent sees it. Process 1 is spared by the kernel, and Windows has none: they exit with the shell's number for it. */
function dieOf(name: NodeJS.Signals, process: NodeJS.Process): never {
  // Runtimes ignore SIGPIPE from their start; removing a handler restores the default (measured on Node and Bun).
  const nothing = (): void => {};
  if (name !== "SIGKILL" && name !== "SIGSTOP") process.on(name, nothing);
  process.removeAllListeners(name);
  // By number: Bun's kill does not know every name.
  const number = process.getBuiltinModule("node:os").constants.signals[name];
  if (process.platform !== "win32") process.kill(process.pid, number);
  return process.exit(128 + number);
}

/** The context of a real process. Interruption aborts its signal; a second one ends the process at once. */
function processContext(process: NodeJS.Process): Context {
  const controller = new AbortController();
  const interrupt = (name: "SIGINT" | "SIGTERM"): void => {
    if (controller.signal.aborted) dieOf(name, process);
    controller.abort(new Interrupted(name));
  };
  // Also what makes a TERM count while this is process 1: the kernel drops signals that have no handler there.
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => interrupt(name));
  const isTerminal = (fd: number): boolean => process.getBuiltinModule("node:tty").isatty(fd);
  return {
    env: platform.environment(),
    cwd: process.cwd(),
    clock: systemClock,
    random: Math.random,
    signal: controller.signal,
    out: fdSink(1, isTerminal),
    err: forgivingSink(fdSink(2, isTerminal)),
    host: {
      pid: process.pid,
      arch: process.arch,
      platform: process.platform,
      takeSignals(names: readonly SignalName[], listener) {
        for (const name of names) {
          const earlier = process.listeners(name);
          process.on(name, () => listener(name));
          // In this order: a signal that has arrived would be lost with the last listener.
          for (const one of earlier) process.off(name, one);
        }
      },
    },
  };
}

/**
 * Be a whole process: context in, exit code or death by signal out. The one place that ends the process.
 * `page` says how failures outside of `run` are reported, such as one in a callback.
 */
export async function runProcess(
  page: FailingPage,
  argv: readonly string[],
  process: NodeJS.Process,
  run: (ctx: Context) => Promise<number>,
): Promise<never> {
  // Diagnostic reports would carry the environment.
  if (process.report !== undefined) process.report.excludeEnv = true;
  const ctx = processContext(process);
  const end = async (thrown: unknown): Promise<never> => {
    if (thrown instanceof ReaderGone) return dieOf("SIGPIPE", process);
    if (thrown instanceof Interrupted) return dieOf(thrown.signalName, process);
    const { reportFailure } = await import("./failure.ts");
    return process.exit(reportFailure(page, argv, ctx, thrown));
  };
  // The runtime's own report would show the message, which could quote a secret.
  process.on("uncaughtException", (thrown) => void end(thrown));
  process.on("unhandledRejection", (thrown) => void end(thrown));
  try {
    return process.exit(await run(ctx));
  } catch (error) {
    return await end(error);
  }
}

/** Run a Go-flag command as the whole process. */
export const runMain = (command: Command, version: string, argv: readonly string[], process: NodeJS.Process): Promise<never> =>
  runProcess(command, argv, process, (ctx) => execute(command, version, argv, ctx));
