import { ptr, read } from "bun:ffi";
import { send, sendForBytes } from "./bun-fetch.ts";
import type { ExecRequest, Platform } from "./seam.ts";
import { inheritedDescriptors } from "./descriptors.ts";
import { cString, theLibc, theRareLibc } from "./libc.ts";
import { descriptorFiles, hasInherited, textOf } from "./libc-files.ts";
import { oddlyNamed, rawStrings } from "./raw-strings.ts";
import { execByRuntime } from "./runtime-exec.ts";

const F_OK = 0;
const X_OK = 1;
/** INT, PIPE, TERM, XFSZ: what ssmwrap handles or the runtime ignores. */
const changedSignals = [2, 13, 15, 25];
const SIG_DFL = 0;
const RLIMIT_NOFILE = 7;
const F_SETFD = 2;
const errorNames: Readonly<Record<number, string>> = {
  1: "EPERM",
  2: "ENOENT",
  5: "EIO",
  7: "E2BIG",
  8: "ENOEXEC",
  11: "EAGAIN",
  12: "ENOMEM",
  13: "EACCES",
  20: "ENOTDIR",
  22: "EINVAL",
  26: "ETXTBSY",
  36: "ENAMETOOLONG",
  40: "ELOOP",
  80: "ELIBBAD",
};

let inherited: readonly number[] = [];

/** A NULL-terminated vector of C strings: texts, which are encoded in one go, or bytes that have their NUL. `keep` holds the memory until exec. */
function vector(words: readonly (string | Uint8Array)[], keep: unknown[]): number {
  const pointers = new BigUint64Array(words.length + 1);
  const block = cString(words.map((word) => (typeof word === "string" ? word : "")).join("\0"));
  const start = ptr(block);
  let at = 0;
  words.forEach((word, index) => {
    pointers[index] = BigInt(typeof word === "string" ? start + at : ptr(word));
    at = block.indexOf(0, at) + 1;
  });
  keep.push(pointers, block, words);
  return ptr(pointers);
}

function execReplace(request: ExecRequest): string {
  const libc = theLibc();
  if (libc === undefined) return execByRuntime(request);
  const { paths, argv, env, openFiles, inheritOddNames = false } = request;
  const file = paths.find((path) => libc.access(ptr(cString(path)), X_OK) === 0);
  if (file === undefined) return "ENOENT";
  const raw = rawStrings(argv, env, () => platform.files);
  // The runtime shows such names, without their values.
  const odd = inheritOddNames && Object.keys(process.env).some((name) => name.includes("\uFFFD")) ? oddlyNamed(platform.files) : [];
  // From here on TERM and INT end the process, where they would be lost with the handlers that nobody calls any more.
  for (const number of changedSignals) libc.signal(number, SIG_DFL);
  // The runtime marked them close-on-exec when it started.
  for (const fd of inherited) theRareLibc()?.fcntl(fd, F_SETFD, 0);
  if (openFiles !== undefined) {
    const limits = new BigUint64Array(2);
    theRareLibc()?.getrlimit(RLIMIT_NOFILE, ptr(limits));
    limits[0] = BigInt(openFiles);
    if (theRareLibc()?.setrlimit(RLIMIT_NOFILE, ptr(limits)) !== 0) return "RLIMIT_NOFILE";
  }
  const keep: unknown[] = [];
  const argvVector = vector(
    argv.map((word, at) => raw.argv[at] ?? word),
    keep,
  );
  const variables = Object.entries(env).map(([name, value]) => raw.env.get(name) ?? `${name}=${value}`);
  const envVector = vector([...variables, ...odd.map(({ entry }) => entry)], keep);
  libc.execve(ptr(cString(file)), argvVector, envVector);
  const errno = read.i32(libc.__errno_location() ?? 0, 0);
  return errorNames[errno] ?? `errno ${errno}`;
}

const platform: Platform = {
  runtime: "bun",
  sha256Hex: (data) => new Bun.CryptoHasher("sha256").update(data).digest("hex"),
  // Into an array of our own, which has to have room for any hash: the first Buffer costs a start 0.1 ms.
  hmacSha256: (key, data) => new Bun.CryptoHasher("sha256", key).update(data).digest(new Uint8Array(64)).subarray(0, 32),
  hmacSha256Hex: (key, data) => new Bun.CryptoHasher("sha256", key).update(data).digest("hex"),
  send,
  sendForBytes,
  get files() {
    return import.meta.require("node:fs");
  },
  exists(path) {
    const libc = theLibc();
    return libc === undefined ? platform.files.existsSync(path) : libc.access(ptr(cString(path)), F_OK) === 0;
  },
  readText(path) {
    const libc = theRareLibc();
    return (libc && textOf(libc, path)) ?? platform.files.readFileSync(path, "utf8");
  },
  canExec: process.platform !== "win32",
  get execFailsSoftly() {
    return theLibc() !== undefined;
  },
  execIsByteExact: process.platform === "linux",
  canLimitOpenFiles: process.platform === "linux",
  rememberDescriptors() {
    const libc = theLibc();
    if (libc === undefined || !hasInherited(libc)) return;
    const rare = theRareLibc();
    if (rare !== undefined) inherited = inheritedDescriptors(descriptorFiles(libc, rare));
  },
  execReplace,
};

export default platform;
