import { ptr } from "bun:ffi";
import { libcFunctions } from "./libc.ts";
import type { OutputPipe } from "./output-pipe.ts";

const F_GETFL = 3;
const F_SETFL = 4;
const POLLERR = 8;

let opened: { readonly libc: ReturnType<typeof open> } | undefined;
const open = () =>
  libcFunctions({
    fcntl: { args: ["int", "int", "int"], returns: "int" },
    poll: { args: ["ptr", "u64", "int"], returns: "int" },
  });
const theLibc = (): ReturnType<typeof open> => (opened ??= { libc: open() }).libc;

/** A `struct pollfd`: descriptor, events that are asked for (none: errors are always told), events that are there. */
const asked = new Int32Array(2);

const outputPipe: OutputPipe = {
  keepMode(process) {
    const libc = theLibc();
    if (libc === undefined) return;
    const flagsOf = (fd: number): number => libc.fcntl(fd, F_GETFL, 0);
    const before = [1, 2].map(flagsOf);
    // Readable.pipe compares its target with them, and the first look at them sets O_NONBLOCK on the pipe (measured on 1.4.5): let it be now, and take it back.
    for (const name of ["stdout", "stderr"] as const) void process[name];
    for (const [at, flags] of before.entries()) if (flags >= 0 && flagsOf(at + 1) !== flags) libc.fcntl(at + 1, F_SETFL, flags);
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
