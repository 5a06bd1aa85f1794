import { usageError } from "@sukima/core";
import { platform } from "@sukima/core/platform";
import type { SsmwrapOptions } from "../options.ts";

/** Refuse flags about the program's start that would have no effect. Throws a usage error. */
export function checkDemands({ supervise, nofile, "kill-after": killAfter }: SsmwrapOptions): void {
  if (killAfter !== undefined && !supervise && platform.canExec)
    throw usageError("NO_CHILD", "-kill-after has no meaning without -supervise");
  if (nofile === undefined) return;
  if (supervise)
    throw usageError(
      "NOFILE_OF_CHILD",
      "-nofile does not go with -supervise",
      "set the limit outside: ulimit -Sn, or the container's ulimits",
    );
  if (!platform.canLimitOpenFiles)
    throw usageError("NO_NOFILE", "-nofile cannot be set by this form of ssmwrap", "the release executable for Linux can");
}
