import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { ToolError } from "@sukima/core";
import { obstacle } from "./lookup.ts";
import { badFormat, cutShort, lookInto, type ReadBytes } from "./program-file.ts";

/** Where things stand in the file's header and in a program header (System V ABI). */
interface Layout {
  readonly headerBytes: number;
  readonly entriesAt: (head: Buffer) => number;
  /** Of the size of an entry; the number of entries follows. */
  readonly entrySizeAt: number;
  readonly entryBytes: number;
  readonly dataAt: (entry: Buffer) => number;
  readonly dataBytes: (entry: Buffer) => number;
  /** e_machine by processor. */
  readonly machines: Readonly<Record<string, number>>;
}

const elf64: Layout = {
  headerBytes: 64,
  entriesAt: (head) => Number(head.readBigUInt64LE(32)),
  entrySizeAt: 54,
  entryBytes: 56,
  dataAt: (entry) => Number(entry.readBigUInt64LE(8)),
  dataBytes: (entry) => Number(entry.readBigUInt64LE(32)),
  machines: { x64: 62, arm64: 183 },
};

const elf32: Layout = {
  headerBytes: 52,
  entriesAt: (head) => head.readUInt32LE(28),
  entrySizeAt: 42,
  entryBytes: 32,
  dataAt: (entry) => entry.readUInt32LE(4),
  dataBytes: (entry) => entry.readUInt32LE(16),
  machines: { x64: 3, arm64: 40 },
};

const ET_EXEC = 2;
const ET_DYN = 3;
const PT_INTERP = 3;
const maxTableBytes = 65_536;
const pathMax = 4096;

export const isElf = (head: Buffer): boolean => head.toString("latin1", 0, 4) === "\x7fELF";

/** What load_elf_binary of fs/binfmt_elf.c demands while it can still fail. Throws `ToolError`, exit 126 or 127. */
export function checkElf(read: ReadBytes, shown: string, cwd: string, arch: string): void {
  const { head, layout } = readHeader(read, shown, arch);
  const type = head.readUInt16LE(16);
  if (type !== ET_EXEC && type !== ET_DYN) throw badFormat(shown, "an object file or a core dump, not a program");
  const loader = loaderOf(readEntries(read, head, shown, layout), read, shown, layout);
  if (loader !== undefined) checkLoader(loader, layout, shown, cwd, arch);
}

function readHeader(read: ReadBytes, shown: string, arch: string): { readonly head: Buffer; readonly layout: Layout } {
  const head = read(elf64.headerBytes, 0);
  if (head.length < elf32.headerBytes) throw cutShort(shown);
  // Like the kernel, which does not look at the class.
  const layout = [elf64, elf32].find(({ machines }) => machines[arch] === head.readUInt16LE(18));
  if (layout === undefined) throw badFormat(shown, "a program for another processor", `build the image for this one (${arch})`);
  if (head.length < layout.headerBytes) throw cutShort(shown);
  // The file is there where the kernel runs 32-bit programs; on arm64 nothing tells.
  if (layout === elf32 && arch === "x64" && !existsSync("/proc/sys/abi/vsyscall32"))
    throw badFormat(shown, "a 32-bit program, and this system runs none");
  return { head, layout };
}

function readEntries(read: ReadBytes, head: Buffer, shown: string, { entryBytes, entrySizeAt, entriesAt }: Layout): Buffer[] {
  const size = entryBytes * head.readUInt16LE(entrySizeAt + 2);
  if (head.readUInt16LE(entrySizeAt) !== entryBytes || size === 0 || size > maxTableBytes)
    throw badFormat(shown, "its program headers are damaged");
  const table = read(size, entriesAt(head));
  if (table.length < size) throw cutShort(shown);
  return Array.from({ length: size / entryBytes }, (_, at) => table.subarray(at * entryBytes, (at + 1) * entryBytes));
}

/** The loader that a dynamically linked program names. */
function loaderOf(entries: readonly Buffer[], read: ReadBytes, shown: string, { dataAt, dataBytes }: Layout): string | undefined {
  const entry = entries.find((one) => one.readUInt32LE(0) === PT_INTERP);
  if (entry === undefined) return undefined;
  const size = dataBytes(entry);
  if (size < 2 || size > pathMax) throw badFormat(shown, "the name of its loader is damaged");
  const path = read(size, dataAt(entry));
  if (path.length < size) throw cutShort(shown);
  if (path.at(-1) !== 0) throw badFormat(shown, "the name of its loader is damaged");
  return path.toString("utf8", 0, path.indexOf(0));
}

function checkLoader(loader: string, ofProgram: Layout, shown: string, cwd: string, arch: string): void {
  const path = resolve(cwd, loader);
  const problem = obstacle(path);
  if (problem !== undefined) {
    throw new ToolError("NO_LOADER", `${shown}: its loader ${loader} ${problem.text}`, {
      exit: problem.exit,
      hint: "the program was built for another libc (Alpine has musl, most others glibc)",
    });
  }
  lookInto(path, (read) => {
    const whose = `${shown}: its loader ${loader}`;
    if (!isElf(read(4, 0))) throw badFormat(whose, "not a loader");
    const { head, layout } = readHeader(read, whose, arch);
    if (layout !== ofProgram) throw badFormat(whose, "a loader for programs of another word size");
    readEntries(read, head, whose, layout);
  });
}
