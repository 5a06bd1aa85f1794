import { type Context, type Log, ToolError } from "@sukima/core";
import { alteredStrings, lostVariables } from "@sukima/core/altered";
import { platform } from "@sukima/core/platform";
import type { SsmwrapOptions } from "../options.ts";
import { type Program, programPath } from "./become.ts";
import { checkProgramHeader } from "./header.ts";
import { lookUpProgram } from "./lookup.ts";
import { checkSize } from "./size.ts";

/**
 * The file of a program that the kernel should take, looked up and checked.
 * Throws `ToolError`: exit 126 or 127 for one that it will not take, and with -strict when bytes would be changed on the way.
 */
export function prepare(program: Program, options: SsmwrapOptions, { cwd, env, host }: Context, log: Log): string {
  const file = lookUpProgram(program.argv[0] ?? "", programPath(program, env), cwd);
  checkProgramHeader(file, cwd, host);
  checkSize(program.argv, program.env);
  // A child gets only what the runtime can write as text.
  if (options.supervise || !platform.execIsByteExact) checkBytes(program, options, log);
  return file;
}

/** Say what the runtime cannot hand on unchanged. */
function checkBytes({ argv, env }: Program, { strict, pristine }: SsmwrapOptions, log: Log): void {
  const altered = alteredStrings(argv, env);
  const lost = pristine === "none" ? lostVariables() : [];
  const events = [
    ...(altered.length === 0 ? [] : [`bytes that are not UTF-8 were replaced in ${altered.join(", ")}`]),
    ...(lost.length === 0 ? [] : [`variables whose names are not UTF-8 were left out: ${lost.join(", ")}`]),
  ];
  if (events.length === 0) return;
  const hint = "the release executable hands them on unchanged, without -supervise";
  if (strict) throw new ToolError("BYTES_CHANGED", events.join("; "), { hint });
  for (const event of events) log.warn(event, { hint });
}
