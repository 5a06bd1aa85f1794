import { type Context, type Log, ToolError } from "@sukima/core";
import { alteredStrings, platform } from "@sukima/core/platform";
import { checkProgramHeader } from "./header.ts";
import { lookUpProgram } from "./lookup.ts";
import { checkSize } from "./size.ts";

/** What replaces this process: the command as typed, and the whole environment that it gets. */
export interface Program {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly openFiles: number | undefined;
}

/** A program that the kernel should take, with the file found for its name. Throws `ToolError`, exit 126 or 127, for one that it will not. */
export function prepare({ argv, env }: Program, { cwd, env: caller, host }: Context): string {
  const file = lookUpProgram(argv[0] ?? "", env["PATH"] ?? caller["PATH"], cwd);
  checkProgramHeader(file, cwd, host.arch, host.platform);
  checkSize(argv, env);
  return file;
}

/** Say what this runtime cannot hand on unchanged. Throws `ToolError` instead when `strict`. */
export function checkBytes({ argv, env }: Program, log: Log, strict: boolean): void {
  if (platform.execIsByteExact) return;
  const altered = alteredStrings(argv, env);
  if (altered.length === 0) return;
  const event = `bytes that are not UTF-8 were replaced in ${altered.join(", ")}`;
  const hint = "the release executable hands them on unchanged";
  if (strict) throw new ToolError("BYTES_CHANGED", event, { hint });
  log.warn(event, { hint });
}

/** The runtime cannot set the limit itself: the system's shell does it, and becomes the program in turn. */
const throughShell = (argv: readonly string[], openFiles: number): readonly string[] => [
  "sh",
  "-c",
  'ulimit -Sn "$0" && exec "$@"',
  String(openFiles),
  ...argv,
];

/** Become the program. Returns only by throwing a `ToolError`: values never stand in it. */
export function become(program: Program, file: string): never {
  const { argv, env, openFiles } = program;
  const viaShell = openFiles !== undefined && !platform.canLimitOpenFiles;
  const failure = platform.execReplace({
    path: viaShell ? "/bin/sh" : file,
    argv: viaShell ? throughShell(argv, openFiles) : argv,
    env,
    openFiles,
  });
  if (failure === "RLIMIT_NOFILE")
    throw new ToolError("NOFILE_REFUSED", `-nofile ${openFiles} was refused`, {
      exit: 126,
      hint: "it must not exceed the hard limit (ulimit -Hn)",
    });
  throw new ToolError("EXEC_FAILED", `${file} cannot be executed (${failure})`, { exit: failure === "ENOENT" ? 127 : 126 });
}
