import { dlopen } from "./ffi.ts";

const symbols = {
  opendir: { args: ["ptr"], returns: "ptr" },
  readdir: { args: ["ptr"], returns: "ptr" },
  closedir: { args: ["ptr"], returns: "int" },
  readlink: { args: ["ptr", "ptr", "u64"], returns: "i64_fast" },
  access: { args: ["ptr", "int"], returns: "int" },
  open: { args: ["ptr", "int"], returns: "int" },
  read: { args: ["int", "ptr", "u64"], returns: "i64_fast" },
  close: { args: ["int"], returns: "int" },
  execve: { args: ["ptr", "ptr", "ptr"], returns: "int" },
  signal: { args: ["int", "ptr"], returns: "ptr" },
  fcntl: { args: ["int", "int", "int"], returns: "int" },
  getrlimit: { args: ["int", "ptr"], returns: "int" },
  setrlimit: { args: ["int", "ptr"], returns: "int" },
  __errno_location: { args: [], returns: "ptr" },
} as const;

export type Libc = ReturnType<typeof dlopen<typeof symbols>>["symbols"];

/** Functions of the C library; undefined where it is none that we know. */
export function libcFunctions<const S extends Parameters<typeof dlopen>[1]>(
  wanted: S,
): ReturnType<typeof dlopen<S>>["symbols"] | undefined {
  const arch = process.arch === "arm64" ? "aarch64" : "x86_64";
  for (const name of process.platform === "linux" ? ["libc.so.6", `libc.musl-${arch}.so.1`] : []) {
    try {
      return dlopen(name, wanted).symbols;
    } catch {
      // Not this libc: try the other one.
    }
  }
  return undefined;
}

let opened: { readonly libc: Libc | undefined } | undefined;

/** What becoming another program needs of the C library. */
export const theLibc = (): Libc | undefined => (opened ??= { libc: libcFunctions(symbols) }).libc;

const encoder = new TextEncoder();
/** A text as C has it. */
export const cString = (text: string): Uint8Array => encoder.encode(`${text}\0`);
