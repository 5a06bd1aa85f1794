import { dlopen } from "./ffi.ts";

/** What every start needs of it. */
const usual = {
  opendir: { args: ["ptr"], returns: "ptr" },
  readdir: { args: ["ptr"], returns: "ptr" },
  closedir: { args: ["ptr"], returns: "int" },
  access: { args: ["ptr", "int"], returns: "int" },
  execve: { args: ["ptr", "ptr", "ptr"], returns: "int" },
  signal: { args: ["int", "ptr"], returns: "ptr" },
  __errno_location: { args: [], returns: "ptr" },
} as const;

/** What few need; looking one up costs a start 10 µs. */
const rare = {
  readlink: { args: ["ptr", "ptr", "u64"], returns: "i64_fast" },
  open: { args: ["ptr", "int"], returns: "int" },
  read: { args: ["int", "ptr", "u64"], returns: "i64_fast" },
  close: { args: ["int"], returns: "int" },
  fcntl: { args: ["int", "int", "int"], returns: "int" },
  getrlimit: { args: ["int", "ptr"], returns: "int" },
  setrlimit: { args: ["int", "ptr"], returns: "int" },
} as const;

type Functions<S extends Parameters<typeof dlopen>[1]> = ReturnType<typeof dlopen<S>>["symbols"];
export type Libc = Functions<typeof usual>;

function lookUp<const S extends Parameters<typeof dlopen>[1]>(wanted: S): Functions<S> | undefined {
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

/** Gives functions of the C library, looked up when it is first called; undefined where it is none that we know. */
export function libcFunctions<const S extends Parameters<typeof dlopen>[1]>(wanted: S): () => Functions<S> | undefined {
  let found: { readonly functions: Functions<S> | undefined } | undefined;
  return () => (found ??= { functions: lookUp(wanted) }).functions;
}

export const theLibc = libcFunctions(usual);
export const rareLibc = libcFunctions(rare);

const encoder = new TextEncoder();
/** A text as C has it. */
export const cString = (text: string): Uint8Array => encoder.encode(`${text}\0`);
