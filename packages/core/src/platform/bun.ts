import { trueEnvironment } from "./bun-environment.ts";
import type { ExecRequest, HttpAnswer, HttpRequest, Platform } from "./seam.ts";
import { inheritedDescriptors } from "./descriptors.ts";
import { ptr, read } from "./ffi.ts";
import { cString, type Libc, rareLibc, theLibc } from "./libc.ts";
import { descriptorFiles, hasInherited, textOf } from "./libc-files.ts";
import { oddlyNamed, rawStrings } from "./raw-strings.ts";
import { execByRuntime } from "./runtime-exec.ts";

const F_OK = 0;
const X_OK = 1;
/** INT and TERM, which ssmwrap handles. */
const stopSignals = [2, 15];
/** Those, and PIPE and XFSZ, which the runtime ignores. */
const changedSignals = [...stopSignals, 13, 25];
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

function open({ url, method, headers, body, signal, ca, proxy }: HttpRequest): Promise<Response> {
  return fetch(url, {
    method,
    headers,
    signal,
    redirect: "manual",
    // Unset, Bun would use the proxy variables, even for loopback and metadata addresses.
    proxy: proxy ?? false,
    ...(body === undefined ? {} : { body }),
    // NODE_TLS_REJECT_UNAUTHORIZED is meant for the program, if anybody. Without TLS the option costs a fiftieth of reading a page.
    ...(url.startsWith("https:") ? { tls: { rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) } } : {}),
  });
}

const answerOf = <Body extends string | Buffer>({ status, headers }: Response, body: Body): HttpAnswer<Body> => ({
  status,
  header: (name) => headers.get(name) ?? undefined,
  body,
});

async function send(request: HttpRequest): Promise<HttpAnswer> {
  const response = await open(request);
  return answerOf(response, await response.text());
}

async function sendForBytes(request: HttpRequest): Promise<HttpAnswer<Buffer>> {
  const response = await open(request);
  return answerOf(response, Buffer.from(await response.arrayBuffer()));
}

let inherited: readonly number[] = [];

const slash = 0x2f;

/** A NULL-terminated vector of C strings; `keep` holds the memory until exec. */
function vector(strings: readonly Uint8Array[], keep: unknown[]): number {
  const pointers = new BigUint64Array(strings.length + 1);
  for (const [at, bytes] of strings.entries()) pointers[at] = BigInt(ptr(bytes));
  keep.push(pointers, strings);
  return ptr(pointers);
}

/** `word` is the program's name where it is no UTF-8: with a slash it is the path itself. */
function firstExecutable(libc: Libc, paths: readonly string[], word: Uint8Array | undefined): Uint8Array | undefined {
  if (word?.includes(slash) === true) return libc.access(ptr(word), X_OK) === 0 ? word : undefined;
  for (const path of paths) {
    const file = cString(path);
    if (libc.access(ptr(file), X_OK) === 0) return file;
  }
  return undefined;
}

function execReplace(request: ExecRequest): string {
  const libc = theLibc();
  if (libc === undefined) return execByRuntime(request);
  const { paths, argv, env, openFiles, inheritOddNames = false } = request;
  const raw = rawStrings(argv, env, () => platform.files);
  const file = firstExecutable(libc, paths, raw.argv[0]);
  if (file === undefined) return "ENOENT";
  // The runtime shows such names, without their values.
  const odd = inheritOddNames && Object.keys(process.env).join("").includes("\uFFFD") ? oddlyNamed(platform.files) : [];
  // From here on TERM and INT end the process, where they would be lost with the handlers that nobody calls any more.
  for (const number of changedSignals) libc.signal(number, SIG_DFL);
  // The runtime marked them close-on-exec when it started.
  for (const fd of inherited) rareLibc()?.fcntl(fd, F_SETFD, 0);
  if (openFiles !== undefined) {
    const limits = new BigUint64Array(2);
    rareLibc()?.getrlimit(RLIMIT_NOFILE, ptr(limits));
    limits[0] = BigInt(openFiles);
    if (rareLibc()?.setrlimit(RLIMIT_NOFILE, ptr(limits)) !== 0) return "RLIMIT_NOFILE";
  }
  const keep: unknown[] = [];
  const words: Uint8Array[] = [];
  for (const [at, word] of argv.entries()) words.push(raw.argv[at] ?? cString(word));
  const variables: Uint8Array[] = [];
  for (const [name, value] of Object.entries(env)) variables.push(raw.env.get(name) ?? cString(`${name}=${value}`));
  for (const { entry } of odd) variables.push(entry);
  const argvVector = vector(words, keep);
  const envVector = vector(variables, keep);
  libc.execve(ptr(file), argvVector, envVector);
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
    return textOf(path) ?? platform.files.readFileSync(path, "utf8");
  },
  canExec: process.platform !== "win32",
  get execFailsSoftly() {
    return theLibc() !== undefined;
  },
  execIsByteExact: process.platform === "linux",
  canLimitOpenFiles: process.platform === "linux",
  homeDirectory: () => process.getBuiltinModule("node:os").homedir(),
  environment: () => trueEnvironment(process.env, platform.readText),
  releaseSignals() {
    for (const number of stopSignals) theLibc()?.signal(number, SIG_DFL);
  },
  rememberDescriptors() {
    const libc = theLibc();
    if (libc !== undefined && hasInherited(libc)) inherited = inheritedDescriptors(descriptorFiles(libc));
  },
  execReplace,
};

export default platform;
