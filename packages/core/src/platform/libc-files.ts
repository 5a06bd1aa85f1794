import type { DescriptorFiles } from "./descriptors.ts";
import { ptr, textAt } from "./ffi.ts";
import { cString, type Libc, rareLibc } from "./libc.ts";

// What a start asks of the file system, through libc: Node's functions cost a millisecond when they are first used.

const O_RDONLY_CLOEXEC = 0o2_000_000;

/** The text of a file, undefined when it cannot be read: Node's functions say why. */
export function textOf(path: string): string | undefined {
  const libc = rareLibc();
  if (libc === undefined) return undefined;
  const fd = libc.open(ptr(cString(path)), O_RDONLY_CLOEXEC);
  if (fd < 0) return undefined;
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const bytes = new Uint8Array(65_536);
  let text = "";
  let length: number;
  while ((length = libc.read(fd, ptr(bytes), bytes.length)) > 0) text += decoder.decode(bytes.subarray(0, length), { stream: true });
  libc.close(fd);
  return length < 0 ? undefined : text + decoder.decode();
}

/**
 * Entries of /proc/self/fd while nothing else is inherited: two dots, the standard three (the runtime opens missing ones),
 * its epoll and eventfd, and the listing itself (measured on 1.4.5).
 */
const ownEntries = 8;

/** Whether there are more descriptors than those. */
export function hasInherited(libc: Libc): boolean {
  const directory = libc.opendir(ptr(cString("/proc/self/fd")));
  if (directory === null) return false;
  let entries = 0;
  while (libc.readdir(directory) !== null) entries++;
  libc.closedir(directory);
  return entries > ownEntries;
}

/** Where the name stands in a `struct dirent`: behind inode, offset, length and type (glibc and musl on 64 bits). */
const nameAt = 19;

function namesIn(libc: Libc, path: string): string[] {
  const directory = libc.opendir(ptr(cString(path)));
  if (directory === null) throw new Error(`cannot list ${path}`);
  const names: string[] = [];
  for (let entry = libc.readdir(directory); entry !== null; entry = libc.readdir(directory)) names.push(textAt(entry + nameAt));
  libc.closedir(directory);
  return names;
}

function targetOf(path: string): string {
  const bytes = new Uint8Array(4096);
  const length = rareLibc()?.readlink(ptr(cString(path)), ptr(bytes), bytes.length) ?? -1;
  if (length < 0) throw new Error(`cannot read the link ${path}`);
  return new TextDecoder().decode(bytes.subarray(0, length));
}

/** What `inheritedDescriptors` asks of the file system. */
export const descriptorFiles = (libc: Libc): DescriptorFiles => ({
  readdirSync: (path) => namesIn(libc, path),
  readlinkSync: (path) => targetOf(path),
  readFileSync(path) {
    const text = textOf(path);
    if (text === undefined) throw new Error(`cannot read ${path}`);
    return text;
  },
});
