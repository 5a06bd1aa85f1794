import { type Context, type Log, ToolError } from "@sukima/core";
import { platform } from "@sukima/core/platform";
import type { SsmwrapOptions } from "../options.ts";
import { candidates } from "./candidates.ts";
import { heedSignals } from "./pending-signals.ts";

/** What replaces this process: the command as typed, and the whole environment that it gets. */
export interface Program {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly openFiles: number | undefined;
}

/** The PATH by which the program is looked up: its own, else ours. */
export const programPath = ({ env }: Program, caller: Context["env"]): string | undefined => env["PATH"] ?? caller["PATH"];

/**
 * Become the program. `prepared` is its file when that has been looked up and checked already.
 * Where a failing exec comes back, the kernel is asked first and the reasons are looked up only when it refuses; elsewhere everything is checked before.
 * Returns only by throwing: a `ToolError`, exit 126 (cannot be executed) or 127 (not found), that never shows a value, or an `Interrupted`.
 */
export async function become(
  program: Program,
  prepared: string | undefined,
  options: SsmwrapOptions,
  ctx: Context,
  log: Log,
): Promise<never> {
  const { argv, env, openFiles } = program;
  const replaceBy = async (paths: readonly string[]): Promise<string> => {
    // A signal that comes after the last look must end us, for there is nobody to see it any more.
    if (ctx.host.pid !== 1) platform.releaseSignals();
    await heedSignals(ctx);
    const failure = platform.execReplace({ paths, argv, env, openFiles, inheritOddNames: options.pristine === "none" });
    if (failure === "RLIMIT_NOFILE") throw limitRefused(openFiles);
    return failure;
  };
  if (prepared === undefined && platform.execFailsSoftly) await replaceBy(candidates(argv[0] ?? "", programPath(program, ctx.env)));
  const file = prepared ?? (await import("./prepare.ts")).prepare(program, options, ctx, log);
  throw refused(file, await replaceBy([file]));
}

/** `failure` is the system's error name. */
export const refused = (file: string, failure: string): ToolError =>
  new ToolError("EXEC_FAILED", `${file} cannot be executed (${failure})`, { exit: failure === "ENOENT" ? 127 : 126 });

const limitRefused = (openFiles: number | undefined): ToolError =>
  new ToolError("NOFILE_REFUSED", `-nofile ${openFiles} was refused`, {
    exit: 126,
    hint: "it must not exceed the hard limit (ulimit -Hn)",
  });
