import { codeOf, isToolError, ToolError } from "@sukima/core";

const hints: Readonly<Record<string, string>> = {
  EROFS: "the file system is read-only: mount a tmpfs or a volume there",
  EACCES: "this user may not write there: choose another directory, or mount a tmpfs",
  ENOSPC: "the file system is full",
};

/** A `ToolError` for what a file system call threw about a destination; one that is a `ToolError` already stays as it is. */
export function writeFailure(path: string, cause: unknown): ToolError {
  if (isToolError(cause)) return cause;
  const code = codeOf(cause);
  const hint = hints[code];
  return new ToolError("WRITE_FAILED", `${path}: cannot be written (${code || "unknown error"})`, {
    cause,
    ...(hint === undefined ? {} : { hint }),
  });
}
