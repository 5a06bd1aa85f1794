import { ptr } from "./ffi.ts";
import { libcFunctions } from "./libc.ts";
import type { OutputPipe } from "./output-pipe.ts";

const F_GETFL = 3;
const F_SETFL = 4;
const F_SETPIPE_SZ = 1031;
const F_GETPIPE_SZ = 1032;
/** What Linux lets anybody ask for (pipe(7)): most pages fit as they are. */
const widestPipe = 2 ** 20;
const FIONREAD = 0x541b;
const POLLERR = 8;

const theLibc = libcFunctions({
  fcntl: { args: ["int", "int", "int"], returns: "int" },
  ioctl: { args: ["int", "u64", "ptr"], returns: "int" },
  poll: { args: ["ptr", "u64", "int"], returns: "int" },
});

/** A `struct pollfd`: descriptor, events that are asked for (none: errors are always told), events that are there. */
const asked = new Int32Array(2);

const unread = new Int32Array(1);
/** What an empty pipe at stdout takes. */
let capacity = 0;

const outputPipe: OutputPipe = {
  prepare(process) {
    const libc = theLibc();
    if (libc === undefined) return;
    const flagsOf = (fd: number): number => libc.fcntl(fd, F_GETFL, 0);
    const before = [1, 2].map(flagsOf);
    // Readable.pipe compares its target with them, and the first look at them sets O_NONBLOCK on the pipe (measured on 1.4.5): let it be now, and take it back.
    for (const name of ["stdout", "stderr"] as const) void process[name];
    for (const [at, flags] of before.entries()) if (flags >= 0 && flagsOf(at + 1) !== flags) libc.fcntl(at + 1, F_SETFL, flags);
    // Refused for what is no pipe.
    capacity = Math.max(0, libc.fcntl(1, F_GETPIPE_SZ, 0));
  },
  widen(fd) {
    if (fd === 1 && capacity > 0) capacity = Math.max(capacity, theLibc()?.fcntl(1, F_SETPIPE_SZ, widestPipe) ?? 0);
  },
  room(fd) {
    const libc = theLibc();
    if (libc === undefined || fd !== 1 || capacity === 0) return 0;
    // Only of an empty pipe it is known: what is not full of a page counts as a whole one.
    return libc.ioctl(fd, FIONREAD, ptr(unread)) === 0 && unread[0] === 0 ? capacity : 0;
  },
  isAbandoned(fd) {
    const libc = theLibc();
    if (libc === undefined) return false;
    asked[0] = fd;
    asked[1] = 0;
    // poll(2): the writing end of a pipe has POLLERR when the reading end has been closed.
    return libc.poll(ptr(asked), 1, 0) === 1 && (((asked[1] ?? 0) >> 16) & POLLERR) !== 0;
  },
};

export default outputPipe;
