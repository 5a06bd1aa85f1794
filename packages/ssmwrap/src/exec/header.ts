import { accessSync, closeSync, constants, openSync, readSync } from "node:fs";
import { resolve } from "node:path";
import { ToolError } from "@sukima/core";

/** The kernel reads this much of a script's first line (BINPRM_BUF_SIZE). */
const headerBytes = 256;

/** e_machine of the ELF format. */
const machines: Readonly<Record<string, number>> = { x64: 62, arm64: 183 };

const refuse = (file: string, why: string, hint?: string): ToolError =>
  new ToolError("EXEC_FORMAT", `${file}: exec format error: ${why}`, hint === undefined ? { exit: 126 } : { exit: 126, hint });

function read(fd: number, size: number, position: number): Buffer {
  const bytes = Buffer.alloc(size);
  return bytes.subarray(0, readSync(fd, bytes, 0, size, position));
}

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * Check that the kernel will take a file, since a failing execve cannot be caught on Node: an ELF program of this machine whose loader is there, or a script whose interpreter is.
 * A file that this user may execute but not read is left to the kernel. Throws `ToolError`, exit 126 (127 for an interpreter that is not there).
 */
export function checkProgramHeader(file: string, cwd: string, arch: string, platform: string): void {
  let fd: number;
  try {
    fd = openSync(file, "r");
  } catch {
    return;
  }
  try {
    const head = read(fd, headerBytes, 0);
    if (head[0] === 0x23 && head[1] === 0x21) return checkScript(file, head, cwd);
    if (platform !== "linux") return undefined;
    if (head.length < 64 || head.toString("latin1", 0, 4) !== "\x7fELF") {
      throw refuse(
        file,
        "neither a program of this system nor a script that begins with #!",
        "begin the script with #!/bin/sh, or run it with: sh FILE",
      );
    }
    return checkElf(file, fd, head, arch);
  } finally {
    closeSync(fd);
  }
}

function checkScript(file: string, head: Buffer, cwd: string): void {
  const line = head.toString("utf8", 2).split("\n")[0] ?? "";
  // Like the kernel, which takes a carriage return for a part of the name.
  const interpreter = line.replace(/^[ \t]+/, "").split(/[ \t]/)[0] ?? "";
  if (interpreter === "") throw refuse(file, "the first line names no interpreter after #!");
  if (isExecutable(resolve(cwd, interpreter))) return;
  const carriage = line.endsWith("\r")
    ? "the first line ends in a carriage return: save the script with Unix line ends"
    : "install the interpreter, or name another";
  throw new ToolError("NO_INTERPRETER", `${file}: its interpreter ${JSON.stringify(interpreter)} is not there or not executable`, {
    exit: 127,
    hint: carriage,
  });
}

/** Offsets are those of the ELF64 header and its program headers (System V ABI). */
function checkElf(file: string, fd: number, head: Buffer, arch: string): void {
  const machine = head.readUInt16LE(18);
  if (head[4] !== 2 || head[5] !== 1) {
    // 32-bit programs run on some 64-bit systems; the kernel knows.
    return;
  }
  if (machine !== machines[arch]) throw refuse(file, "a program for another processor", `build the image for this one (${arch})`);
  const entrySize = head.readUInt16LE(54);
  const entries = read(fd, entrySize * head.readUInt16LE(56), Number(head.readBigUInt64LE(32)));
  for (let at = 0; at + 56 <= entries.length; at += entrySize) {
    const PT_INTERP = 3;
    if (entries.readUInt32LE(at) !== PT_INTERP) continue;
    const loader = read(fd, Math.min(4096, Number(entries.readBigUInt64LE(at + 32))), Number(entries.readBigUInt64LE(at + 8)));
    const path = loader.toString("utf8").replace(/\0.*$/s, "");
    if (!isExecutable(path)) {
      throw new ToolError("NO_LOADER", `${file}: its loader ${path} is not there`, {
        exit: 127,
        hint: "the program was built for another libc (Alpine has musl, most others glibc)",
      });
    }
  }
}
