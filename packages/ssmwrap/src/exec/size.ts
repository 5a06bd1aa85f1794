import { readFileSync } from "node:fs";
import { ToolError } from "@sukima/core";

/** The longest single string that the kernel takes (MAX_ARG_STRLEN, 32 pages), its NUL included. */
const maxStringBytes = 131_072;
const maxTotalBytes = 6 * 1024 * 1024;

/** Bytes that argv and environment may take together: a quarter of the stack limit, 128 KiB to 6 MiB (execve(2), fs/exec.c). */
export function argumentLimit(limits: string): number {
  const soft = /^Max stack size\s+(\d+|unlimited)/m.exec(limits)?.[1];
  if (soft === undefined) return 2 * 1024 * 1024;
  const quarter = soft === "unlimited" ? maxTotalBytes : Number(soft) / 4;
  return Math.max(maxStringBytes, Math.min(maxTotalBytes, quarter));
}

function readLimits(): string {
  try {
    return readFileSync("/proc/self/limits", "utf8");
  } catch {
    return "";
  }
}

const pointerBytes = 8;

/** Check that the kernel will take argv and environment. Throws `ToolError`, exit 126, that names the variable but not its value. */
export function checkSize(argv: readonly string[], env: Readonly<Record<string, string>>, limits: string = readLimits()): void {
  let total = 0;
  const add = (text: string, shown: string, hint: string): void => {
    const bytes = Buffer.byteLength(text) + 1;
    if (bytes > maxStringBytes)
      throw new ToolError("TOO_BIG", `${shown} has ${bytes} bytes, and the system takes ${maxStringBytes}`, { exit: 126, hint });
    total += bytes + pointerBytes;
  };
  for (const word of argv) {
    if (word.includes("\0")) throw new ToolError("NUL_IN_ARGUMENT", "an argument of the command holds a NUL byte", { exit: 126 });
    add(word, "an argument of the command", "hand long texts over in a file or on stdin");
  }
  for (const [name, value] of Object.entries(env)) {
    add(`${name}=${value}`, `the variable ${name}`, "write large values to files: -file path=...,to=...");
  }
  // A tenth is left for what the kernel and the loader add (auxiliary vector, script interpreters).
  const limit = Math.floor(argumentLimit(limits) * 0.9);
  if (total > limit) {
    throw new ToolError("TOO_BIG", `arguments and environment have ${total} bytes, and the system takes about ${limit}`, {
      exit: 126,
      hint: "write large values to files, narrow the paths, or raise the stack limit (ulimit -s)",
    });
  }
}
