import { closeSync, fstatSync, ftruncateSync, openSync } from "node:fs";
import { codeOf, type Clock, isToolError, ToolError } from "@sukima/core";
import { type ByteWriter, byteWriter } from "./byte-writer.ts";
import type { Origin } from "./origin.ts";

/** What happens to a file that is there already. */
export type WhenThere = "refuse" | "append" | "replace";

const flags: Readonly<Record<WhenThere, string>> = { refuse: "wx", append: "a", replace: "w" };

/** Files that `-out` names: one for all, or one for each shard or stream where its name has `{shard}` or `{stream}`. */
export interface OutFiles {
  writerFor(origin: Origin): ByteWriter;
  close(): void;
}

const hasPlaces = (template: string): boolean => /\{(shard|stream)\}/.test(template);

/** A stream's ARN as part of a file's name is the stream's name. */
const pathOf = (template: string, { stream, shard }: Origin): string =>
  template.replaceAll("{shard}", shard).replaceAll("{stream}", stream.split("/").at(-1) ?? stream);

/**
 * Open the files when their first record comes; a single one at once, so that a name that cannot be used is known before anything is read.
 * Throws `ToolError` OUT_EXISTS for a file that is there and not to be touched, WRITE_FAILED for one that cannot be opened.
 */
export function outFiles(template: string, whenThere: WhenThere, clock: Pick<Clock, "sleep">): OutFiles {
  const open = new Map<string, { readonly fd: number; readonly writer: ByteWriter }>();
  const writerOf = (path: string): ByteWriter => {
    const known = open.get(path);
    if (known !== undefined) return known.writer;
    const fd = openFile(path, whenThere);
    const writer = wholePages(path, fd, clock);
    open.set(path, { fd, writer });
    return writer;
  };
  if (!hasPlaces(template)) writerOf(template);
  return {
    writerFor: (origin) => writerOf(pathOf(template, origin)),
    close() {
      for (const { fd } of open.values()) closeSync(fd);
    },
  };
}

function openFile(path: string, whenThere: WhenThere): number {
  try {
    return openSync(path, flags[whenThere]);
  } catch (cause) {
    const code = codeOf(cause) || "unknown error";
    if (code !== "EEXIST") throw new ToolError("WRITE_FAILED", `-out: ${path} cannot be opened (${code})`, { cause });
    throw new ToolError("OUT_EXISTS", `-out: ${path} is there already`, {
      hint: "remove it, write over it with -force, or go on behind it with -from checkpoint",
      cause,
    });
  }
}

/** Writes a page or nothing: what a full disk has cut is taken back. */
function wholePages(path: string, fd: number, clock: Pick<Clock, "sleep">): ByteWriter {
  const { write } = byteWriter(fd, clock);
  const isFile = fstatSync(fd).isFile();
  let size = fstatSync(fd).size;
  let last = Promise.resolve();
  const writeWhole = async (bytes: Uint8Array): Promise<void> => {
    try {
      await write(bytes);
      size += bytes.length;
    } catch (error) {
      if (isFile) ftruncateSync(fd, size);
      throw isToolError(error) ? new ToolError(error.code, `-out: ${path}: ${error.message}`, { cause: error }) : error;
    }
  };
  return {
    write(bytes) {
      last = last.then(() => writeWhole(bytes));
      return last;
    },
  };
}
