import { closeSync, fsyncSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { codeOf, ToolError } from "@sukima/core";

/** The file operations that checkpoints and their locks need. All but `read` of a missing file throw `ToolError` CHECKPOINT_FAILED when they fail. */
export interface CheckpointFiles {
  /** The file's text, undefined when there is no file. */
  read(path: string): string | undefined;
  /** Put a file in place, synced to the disk, with no moment at which it is not whole. */
  replace(path: string, text: string): void;
  /** Make a file that appears whole; false when one is there already. */
  create(path: string, text: string): boolean;
  /** Rename; false when there is no such file. */
  move(from: string, to: string): boolean;
  remove(path: string): void;
}

/** Run an operation; undefined when it failed with the expected code. */
function attempt<T>(path: string, expected: string, operation: () => T): T | undefined {
  try {
    return operation();
  } catch (cause) {
    const code = codeOf(cause) || "unknown error";
    if (code === expected) return undefined;
    throw new ToolError("CHECKPOINT_FAILED", `${path}: the checkpoint or its lock cannot be read or written (${code})`, { cause });
  }
}

function writeSynced(path: string, text: string): void {
  const file = openSync(path, "w");
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The machine's disk. `pid` keeps the temporary files of processes apart. */
export function diskFiles(pid: number): CheckpointFiles {
  /** Write a file beside the path and hand it to `place`; what is not renamed goes again. */
  const viaTemporary = (path: string, text: string, place: (temporary: string) => void): void => {
    const temporary = `${path}.${pid}.tmp`;
    try {
      writeSynced(temporary, text);
      place(temporary);
    } finally {
      rmSync(temporary, { force: true });
    }
  };
  const succeeds = (path: string, expected: string, operation: () => void): boolean =>
    attempt(path, expected, () => {
      operation();
      return true;
    }) === true;
  return {
    read: (path) => attempt(path, "ENOENT", () => readFileSync(path, "utf8")),
    replace: (path, text) => attempt(path, "", () => viaTemporary(path, text, (temporary) => renameSync(temporary, path))),
    // Unlike a rename, a link does not replace what is there.
    create: (path, text) => succeeds(path, "EEXIST", () => viaTemporary(path, text, (temporary) => linkSync(temporary, path))),
    move: (from, to) => succeeds(from, "ENOENT", () => renameSync(from, to)),
    remove: (path) => attempt(path, "ENOENT", () => rmSync(path)),
  };
}
