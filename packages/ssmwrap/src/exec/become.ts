import { type Context, type Log, ToolError } from "@sukima/core";
import { platform } from "@sukima/core/platform";
import { candidates } from "./candidates.ts";

/** What replaces this process: the command as typed, and the whole environment that it gets. */
export interface Program {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly openFiles: number | undefined;
}

/** The PATH by which the program is looked up: its own, else ours. */
export const programPath = ({ env }: Program, caller: Context["env"]): string | undefined => env["PATH"] ?? caller["PATH"];

/**
 * Become the program. Where a failing exec comes back, the kernel is asked first and the reasons are looked up only when it refuses; elsewhere everything is checked before.
 * Returns only by throwing a `ToolError`: exit 126 (cannot be executed) or 127 (not found). Values never stand in it.
 */
export async function become(program: Program, ctx: Context, log: Log, strict: boolean): Promise<never> {
  const { argv, env, openFiles } = program;
  if (platform.execFailsSoftly) {
    const failure = platform.execReplace({ paths: candidates(argv[0] ?? "", programPath(program, ctx.env)), argv, env, openFiles });
    if (failure === "RLIMIT_NOFILE") throw limitRefused(openFiles);
    const { prepare } = await import("./prepare.ts");
    throw refused(prepare(program, ctx), failure);
  }
  const { checkBytes, prepare, throughShell } = await import("./prepare.ts");
  const file = prepare(program, ctx);
  checkBytes(program, log, strict);
  const command = openFiles === undefined ? { paths: [file], argv } : { paths: ["/bin/sh"], argv: throughShell(argv, openFiles) };
  throw refused(file, platform.execReplace({ ...command, env, openFiles }));
}

const refused = (file: string, failure: string): ToolError =>
  new ToolError("EXEC_FAILED", `${file} cannot be executed (${failure})`, { exit: failure === "ENOENT" ? 127 : 126 });

const limitRefused = (openFiles: number | undefined): ToolError =>
  new ToolError("NOFILE_REFUSED", `-nofile ${openFiles} was refused`, {
    exit: 126,
    hint: "it must not exceed the hard limit (ulimit -Hn)",
  });
