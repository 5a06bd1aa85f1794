import { expect, it } from "vitest";
import { inheritedDescriptors } from "./descriptors.ts";

/** Descriptors by number, and what /proc says they are; undefined is one that is gone when it is asked for. */
const filesOf = (table: Readonly<Record<string, string | undefined>>) => ({
  readdirSync: (): string[] => Object.keys(table),
  readlinkSync(path: string): string {
    const target = table[path.replace("/proc/self/fd/", "")];
    if (target === undefined) throw new Error(`ENOENT: ${path}`);
    return target;
  },
});

it("are those above 2 that the runtime did not open for itself", () => {
  const table = {
    0: "pipe:[1]",
    1: "/dev/pts/0",
    2: "/dev/pts/0",
    3: "anon_inode:[eventpoll]",
    4: "anon_inode:[eventfd]",
    5: "pipe:[7]",
    6: undefined,
    63: "/run/lock/app",
    64: "anon_inode:[signalfd]",
    1023: "/dev/pts/0",
  };
  expect(inheritedDescriptors(filesOf(table))).toEqual([5, 63, 64]);
});

it("are none where there is no /proc", () => {
  const readdirSync = (): never => {
    throw new Error("ENOENT");
  };
  expect(inheritedDescriptors({ ...filesOf({}), readdirSync })).toEqual([]);
});
