import { dlopen, ptr, read } from "bun:ffi";
import type { ExecRequest, HttpAnswer, HttpRequest, Platform } from "./seam.ts";
import { inheritedDescriptors } from "./descriptors.ts";
import { rawStrings } from "./raw-strings.ts";

const symbols = {
  poll: { args: ["ptr", "u64", "int"], returns: "int" },
  execve: { args: ["ptr", "ptr", "ptr"], returns: "int" },
  signal: { args: ["int", "ptr"], returns: "ptr" },
  dup: { args: ["int"], returns: "int" },
  dup2: { args: ["int", "int"], returns: "int" },
  close: { args: ["int"], returns: "int" },
  getrlimit: { args: ["int", "ptr"], returns: "int" },
  setrlimit: { args: ["int", "ptr"], returns: "int" },
  __errno_location: { args: [], returns: "ptr" },
} as const;

const SIGPIPE = 13;
const SIGXFSZ = 25;
const RLIMIT_NOFILE = 7;
const errorNames: Readonly<Record<number, string>> = {
  1: "EPERM",
  2: "ENOENT",
  7: "E2BIG",
  8: "ENOEXEC",
  12: "ENOMEM",
  13: "EACCES",
  26: "ETXTBSY",
  40: "ELOOP",
};

type Libc = ReturnType<typeof dlopen<typeof symbols>>["symbols"];

function openLibc(): Libc | undefined {
  const arch = process.arch === "arm64" ? "aarch64" : "x86_64";
  for (const name of process.platform === "linux" ? ["libc.so.6", `libc.musl-${arch}.so.1`] : []) {
    try {
      return dlopen(name, symbols).symbols;
    } catch {
      // Not this libc: try the other one.
    }
  }
  return undefined;
}

async function send(request: HttpRequest): Promise<HttpAnswer> {
  const { method, headers, body, signal, ca, proxy } = request;
  const answer = await fetch(request.url, {
    method,
    headers,
    signal,
    redirect: "manual",
    // Unset, Bun would use the proxy variables, even for loopback and metadata addresses.
    proxy: proxy ?? false,
    ...(body === undefined ? {} : { body }),
    // NODE_TLS_REJECT_UNAUTHORIZED is meant for the program, if anybody.
    tls: { rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) },
  });
  const text = await answer.text();
  return { status: answer.status, header: (name) => answer.headers.get(name) ?? undefined, body: text };
}

let opened: { readonly libc: Libc | undefined } | undefined;
const theLibc = (): Libc | undefined => (opened ??= { libc: openLibc() }).libc;

/** The runtime's own descriptors at its start, an epoll and an eventfd (measured on 1.4.5). */
const ownDescriptors = 2;
const scanned = 256;
const POLLNVAL = 0x20;

/** How many of the descriptors from 3 on are open. Reading /proc instead would load the file system module in every run. */
function openDescriptors(libc: Libc): number {
  const entries = new Int32Array(scanned * 2);
  for (let at = 0; at < scanned; at++) entries[at * 2] = at + 3;
  libc.poll(ptr(entries), scanned, 0);
  let open = 0;
  for (let at = 0; at < scanned; at++) if ((((entries[at * 2 + 1] ?? 0) >> 16) & POLLNVAL) === 0) open++;
  return open;
}

let inherited: readonly number[] = [];

/** A NULL-terminated vector of C strings; `keep` holds the memory until exec. */
function vector(strings: readonly Uint8Array[], keep: unknown[]): number {
  const pointers = new BigUint64Array(strings.length + 1);
  strings.forEach((bytes, at) => {
    pointers[at] = BigInt(ptr(bytes));
  });
  keep.push(pointers, strings);
  return ptr(pointers);
}

const encoder = new TextEncoder();
const cString = (text: string): Uint8Array => encoder.encode(`${text}\0`);

function execReplace({ paths, argv, env, openFiles }: ExecRequest): string {
  const libc = theLibc();
  if (libc === undefined) return execByRuntime({ paths, argv, env });
  const raw = rawStrings(argv, env, () => platform.files);
  libc.signal(SIGPIPE, 0);
  libc.signal(SIGXFSZ, 0);
  // The runtime marked them close-on-exec when it started; a copy made by dup2 is not marked.
  for (const fd of inherited) {
    const copy = libc.dup(fd);
    if (copy < 0) continue;
    libc.dup2(copy, fd);
    libc.close(copy);
  }
  if (openFiles !== undefined) {
    const limits = new BigUint64Array(2);
    libc.getrlimit(RLIMIT_NOFILE, ptr(limits));
    limits[0] = BigInt(openFiles);
    if (libc.setrlimit(RLIMIT_NOFILE, ptr(limits)) !== 0) return "RLIMIT_NOFILE";
  }
  const keep: unknown[] = [];
  const argvVector = vector(
    argv.map((word, at) => raw.argv[at] ?? cString(word)),
    keep,
  );
  const envVector = vector(
    Object.entries(env).map(([name, value]) => raw.env.get(name) ?? cString(`${name}=${value}`)),
    keep,
  );
  let errno = 0;
  for (const path of paths) {
    libc.execve(ptr(cString(path)), argvVector, envVector);
    errno = read.i32(libc.__errno_location(), 0);
  }
  return errorNames[errno] ?? `errno ${errno}`;
}

/** Without a libc we know: handled signals are reset to their default by exec, descriptors above 2 and odd bytes are lost. */
function execByRuntime({ paths, argv, env }: ExecRequest): string {
  const nothing = (): void => {};
  process.on("SIGPIPE", nothing);
  process.on("SIGXFSZ", nothing);
  try {
    process.execve?.(paths[0] ?? "", [...argv], env);
  } catch {
    // The error's text may quote the environment.
  }
  return "ENOSYS";
}

const platform: Platform = {
  runtime: "bun",
  sha256Hex: (data) => new Bun.CryptoHasher("sha256").update(data).digest("hex"),
  hmacSha256: (key, data) => new Bun.CryptoHasher("sha256", key).update(data).digest(),
  hmacSha256Hex: (key, data) => new Bun.CryptoHasher("sha256", key).update(data).digest("hex"),
  send,
  get files() {
    return import.meta.require("node:fs");
  },
  canExec: process.platform !== "win32",
  get execFailsSoftly() {
    return theLibc() !== undefined;
  },
  execIsByteExact: process.platform === "linux",
  canLimitOpenFiles: process.platform === "linux",
  rememberDescriptors() {
    const libc = theLibc();
    if (libc !== undefined && openDescriptors(libc) > ownDescriptors) inherited = inheritedDescriptors(platform.files);
  },
  execReplace,
};

export default platform;
