import {
  chmodSync,
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type Context, ToolError } from "@sukima/core";
import type { FileWrite } from "../resolve/resolve.ts";
import { ownerId } from "./owner.ts";

interface Owner {
  readonly uid: number | undefined;
  readonly gid: number | undefined;
}

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "");

const owners = ({ target }: FileWrite): Owner => ({
  uid: target.uid === undefined ? undefined : ownerId(target.uid, "/etc/passwd"),
  gid: target.gid === undefined ? undefined : ownerId(target.gid, "/etc/group"),
});

/**
 * Write every file or none that can be foreseen to fail: all destinations are checked before the first is touched.
 * A reader of a destination sees its old content or the new one, whole, and the new mode from the first new byte on.
 */
export function writeFiles(files: readonly FileWrite[], { cwd, random }: Pick<Context, "cwd" | "random">): void {
  const placed = files.map((file) => ({ ...file, target: { ...file.target, path: resolve(cwd, file.target.path) } }));
  const checked = placed.map((file) => [file, owners(file)] as const);
  for (const file of placed) checkDestination(file);
  for (const [file, owner] of checked) replaceFile(file, owner, random);
}

function checkDestination({ target, rule }: FileWrite): void {
  const { path, makeParents } = target;
  const kind = lstatSync(path, { throwIfNoEntry: false });
  if (kind !== undefined && !kind.isFile() && !kind.isSymbolicLink()) {
    throw new ToolError("BAD_DESTINATION", `${path} is ${kind.isDirectory() ? "a directory" : "not a regular file"}`, {
      hint: "give the path of a file",
    });
  }
  const parent = dirname(path);
  const place = statSync(parent, { throwIfNoEntry: false });
  if (place === undefined && makeParents) return;
  if (place === undefined) {
    const swapped = /(^|,)Name=/.test(rule) ? "; in this dialect Name is the parameter and Path the file" : "";
    throw new ToolError("NO_PARENT", `${path}: the directory ${parent} does not exist`, {
      hint: `create it, or write the rule with path=,to=,mkdir=true${swapped}`,
    });
  }
  if (!place.isDirectory()) throw new ToolError("NO_PARENT", `${path}: ${parent} is not a directory`);
}

function replaceFile({ target, content }: FileWrite, owner: Owner, random: () => number): void {
  const { path, mode, makeParents } = target;
  const parent = dirname(path);
  try {
    if (makeParents) makeDirectories(parent);
    const temporary = join(parent, `.ssmwrap-${Math.floor(random() * 2 ** 48).toString(36)}-${process.pid}`);
    const fd = openSync(temporary, "wx", 0o600);
    try {
      fill(fd, content);
      if (owner.uid !== undefined || owner.gid !== undefined) changeOwner(fd, owner, path);
      // After the owner: chown clears the set-user-id bits.
      fchmodSync(fd, mode);
      fsyncSync(fd);
      renameSync(temporary, path);
    } catch (error) {
      unlinkSync(temporary);
      throw error;
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw error instanceof ToolError ? error : writeFailure(path, error);
  }
}

function fill(fd: number, content: Buffer): void {
  for (let at = 0; at < content.length;) at += writeSync(fd, content, at);
}

function makeDirectories(path: string): void {
  const first = mkdirSync(path, { recursive: true, mode: 0o700 });
  // The umask may have taken bits away.
  if (first !== undefined) chmodSync(path, 0o700);
}

function changeOwner(fd: number, { uid, gid }: Owner, path: string): void {
  try {
    fchownSync(fd, uid ?? -1, gid ?? -1);
  } catch (cause) {
    throw new ToolError("NOT_OWNER", `${path}: this user may not give the file to ${uid ?? "-"}:${gid ?? "-"} (${codeOf(cause)})`, {
      hint: "run as root, or leave out uid and gid",
      cause,
    });
  }
}

function writeFailure(path: string, cause: unknown): ToolError {
  const code = codeOf(cause);
  const hints: Readonly<Record<string, string>> = {
    EROFS: "the file system is read-only: mount a tmpfs or a volume there",
    EACCES: "this user may not write there: choose another directory, or mount a tmpfs",
    ENOSPC: "the file system is full",
  };
  const hint = hints[code];
  return new ToolError("WRITE_FAILED", `${path}: cannot be written (${code || "unknown error"})`, {
    cause,
    ...(hint === undefined ? {} : { hint }),
  });
}
