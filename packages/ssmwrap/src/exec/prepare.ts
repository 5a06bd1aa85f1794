import { type Context, type Log, ToolError } from "@sukima/core";
import { alteredStrings } from "@sukima/core/altered";
import { platform } from "@sukima/core/platform";
import { type Program, programPath } from "./become.ts";
import { checkProgramHeader } from "./header.ts";
import { lookUpProgram } from "./lookup.ts";
import { checkSize } from "./size.ts";

/** The file of a program that the kernel should take. Throws `ToolError`, exit 126 or 127, for one that it will not. */
export function prepare(program: Program, { cwd, env, host }: Context): string {
  const file = lookUpProgram(program.argv[0] ?? "", programPath(program, env), cwd);
  checkProgramHeader(file, cwd, host.arch, host.platform);
  checkSize(program.argv, program.env);
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

/** Node cannot set the limit itself: the system's shell does it, and becomes the program in turn. */
export const throughShell = (argv: readonly string[], openFiles: number): readonly string[] => [
  "sh",
  "-c",
  'ulimit -Sn "$0" && exec "$@"',
  String(openFiles),
  ...argv,
];
