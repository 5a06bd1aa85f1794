import { closeSync, fchmodSync, fchownSync, fsyncSync, openSync, renameSync, unlinkSync, writeSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { codeOf, type Context, ToolError } from "@sukima/core";
import { heedSignals } from "../exec/pending-signals.ts";
import type { FileWrite } from "../resolve/resolve.ts";
import { checkDestination } from "./destination.ts";
import { withDirectories } from "./directories.ts";
import { writeFailure } from "./failure.ts";
import { ownerId } from "./owner.ts";

interface Owner {
  readonly uid: number | undefined;
  readonly gid: number | undefined;
}

const owners = ({ target }: FileWrite): Owner => ({
  uid: target.uid === undefined ? undefined : ownerId(target.uid, "/etc/passwd"),
  gid: target.gid === undefined ? undefined : ownerId(target.gid, "/etc/group"),
});

/**
 * Write every file or none that can be foreseen to fail: all destinations are checked before the first is touched.
 * A reader of a destination sees its old content or the new one, whole, and the new mode from the first new byte on.
 * Throws `ToolError`, or the `Interrupted` of a signal that came between two files; those that are in their places stay.
 */
export async function writeFiles(
  files: readonly FileWrite[],
  { cwd, random, signal, host }: Pick<Context, "cwd" | "random" | "signal" | "host">,
): Promise<void> {
  const placed = files.map((file) => ({ ...file, target: { ...file.target, path: resolve(cwd, file.target.path) } }));
  const checked = placed.map((file) => [file, owners(file)] as const);
  for (const file of placed) checkDestination(file);
  for (const [file, owner] of checked) {
    await heedSignals({ signal });
    replaceFile(file, owner, `${Math.floor(random() * 2 ** 48).toString(36)}-${host.pid}`);
  }
}

function replaceFile(file: FileWrite, owner: Owner, suffix: string): void {
  const { path, makeParents } = file.target;
  try {
    if (makeParents) withDirectories(dirname(path), () => writeAndRename(file, owner, suffix));
    else writeAndRename(file, owner, suffix);
  } catch (error) {
    throw writeFailure(path, error);
  }
}

function writeAndRename({ target: { path, mode }, content }: FileWrite, owner: Owner, suffix: string): void {
  const temporary = join(dirname(path), `.ssmwrap-${suffix}`);
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
}

function fill(fd: number, content: Buffer): void {
  for (let at = 0; at < content.length;) at += writeSync(fd, content, at);
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
