import { closeSync, openSync, readSync } from "node:fs";
import { ToolError } from "@sukima/core";

/** The bytes of a file from `position` on, as many as there are. */
export type ReadBytes = (size: number, position: number) => Buffer;

/** Look into a file. Undefined for one that cannot be opened: what may be executed need not be readable. */
export function lookInto<T>(path: string, use: (read: ReadBytes) => T): T | undefined {
  let fd: number;
  try {
    fd = openSync(path, "r");
  } catch {
    return undefined;
  }
  try {
    return use((size, position) => {
      const bytes = Buffer.alloc(Number.isSafeInteger(position) ? size : 0);
      return bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, position));
    });
  } finally {
    closeSync(fd);
  }
}

/** The kernel takes this for no program. `shown` names the file, and the way to it. */
export const badFormat = (shown: string, why: string, hint?: string): ToolError =>
  new ToolError("EXEC_FORMAT", `${shown}: exec format error: ${why}`, hint === undefined ? { exit: 126 } : { exit: 126, hint });

export const cutShort = (shown: string): ToolError => badFormat(shown, "the file is cut short", "copy or build it again");
