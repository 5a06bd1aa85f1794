import { expect, it } from "vitest";
import { inheritedDescriptors } from "./descriptors.ts";

/** Descriptors by number, and what /proc says they are; undefined is one that is gone when it is asked for. `watched` are the targets of an epoll. */
const filesOf = (table: Readonly<Record<string, string | undefined>>, watched: Readonly<Record<string, readonly number[]>> = {}) => ({
  readdirSync: (): string[] => Object.keys(table),
  readlinkSync(path: string): string {
    const target = table[path.replace("/proc/self/fd/", "")];
    if (target === undefined) throw new Error(`ENOENT: ${path}`);
    return target;
  },
  readFileSync(path: string): string {
    const lines = (watched[path.replace("/proc/self/fdinfo/", "")] ?? []).map((fd) => `tfd:        ${fd} events: 80000019 data: 0 pos:0\n`);
    return `pos:\t0\nflags:\t02000002\n${lines.join("")}`;
  },
});

const standard = { 0: "pipe:[1]", 1: "/dev/pts/0", 2: "/dev/pts/0" };

it("are those above 2, of any number, that the runtime did not open for itself", () => {
  const table = {
    ...standard,
    3: "anon_inode:[eventpoll]",
    4: "anon_inode:[eventfd]",
    5: "pipe:[7]",
    6: undefined,
    7: "/dev/pts/0",
    63: "/run/lock/app",
    64: "anon_inode:[signalfd]",
    1023: "/dev/pts/0",
    9000: "socket:[4]",
  };
  expect(inheritedDescriptors(filesOf(table, { 3: [4] }))).toEqual([5, 7, 63, 64, 1023, 9000]);
});

it("are epolls and eventfds too, when they are not the pair that the runtime made", () => {
  const table = {
    ...standard,
    3: "anon_inode:[eventfd]",
    4: "anon_inode:[eventpoll]",
    5: "anon_inode:[eventpoll]",
    6: "anon_inode:[eventpoll]",
    7: "anon_inode:[eventfd]",
    9: "anon_inode:[eventpoll]",
    10: "anon_inode:[eventfd]",
  };
  expect(inheritedDescriptors(filesOf(table, { 4: [3], 5: [3, 0], 6: [7], 9: [10] }))).toEqual([3, 4, 5, 9, 10]);
});

it("are no epoll and no eventfd where the kernel does not tell what an epoll watches", () => {
  const table = { ...standard, 3: "anon_inode:[eventpoll]", 4: "anon_inode:[eventfd]", 5: "pipe:[7]" };
  expect(inheritedDescriptors(filesOf(table))).toEqual([5]);
});

it("are none where there is no /proc", () => {
  const readdirSync = (): never => {
    throw new Error("ENOENT");
  };
  expect(inheritedDescriptors({ ...filesOf({}), readdirSync })).toEqual([]);
});
