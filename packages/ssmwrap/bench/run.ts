import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startRehearsal } from "@sukima/rehearsal";
import { massStart } from "./mass-start.ts";
import { smallestProgram } from "./smallest-program.ts";
import { compare, type Comparison, type Timed } from "./timing.ts";

const root = join(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "ssmwrap-bench-"));
const release = join(root, "dist/bin/ssmwrap");
const npm = [process.execPath, join(root, "packages/ssmwrap/dist/ssmwrap.cjs")] as const;
const baseline = process.env["BASELINE_SSMWRAP"];

const print = (id: string, what: string, figure: string, target: string): void =>
  void process.stdout.write(`${id.padEnd(3)} ${what.padEnd(64)} ${figure.padEnd(44)} ${target}\n`);
const ms = (value: number): string => `${value.toFixed(1)} ms`;

/** Start the server of constant bodies and give its port. */
async function pagesServer(...args: string[]): Promise<{ port: string; stop(): void }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "pages-server.ts"), ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const [port] = await once(child.stdout, "data");
  return { port: String(port).trim(), stop: () => child.kill() };
}

/** What ssmwrap becomes, and what tells the cost of starting anything: its own start must not count. */
const program = smallestProgram(join(folder, "program"));
const nothing: Timed = { command: [program] };

const aws = { AWS_REGION: "ap-northeast-1", AWS_ACCESS_KEY_ID: "AKID", AWS_SECRET_ACCESS_KEY: "secret" };

const copied = (timed: Timed, name: string): Timed => {
  const [executable, ...words] = timed.command;
  const copy = join(folder, name);
  rmSync(copy, { force: true });
  copyFileSync(executable, copy);
  return { ...timed, command: [copy, ...words] };
};

/** Executables by the mean of fresh copies: copies of one differ by a tenth among themselves, by where the system's cache has put them. */
function compareExecutables(ours: Timed, floor: Timed): Comparison {
  const rounds = Array.from({ length: 10 }, () => compare(copied(ours, "ours"), copied(floor, "floor"), nothing, 15));
  const mean = (of: keyof Comparison): number => rounds.reduce((sum, round) => sum + round[of], 0) / rounds.length;
  return { a: mean("a"), b: mean("b"), ratio: mean("ratio") };
}

function against(id: string, what: string, ours: Timed, floor: Timed, target: string): void {
  const { a, b, ratio } = ours.command[0] === release ? compareExecutables(ours, floor) : compare(ours, floor, nothing);
  print(id, what, `${ratio.toFixed(2)} x (${ms(a)} against ${ms(b)})`, target);
  if (baseline === undefined) return;
  const theirs = compare(
    ours,
    { ...ours, command: [baseline, ...ours.command.slice(ours.command[0] === process.execPath ? 2 : 1)] },
    nothing,
  );
  print("", `  the same, ours / BASELINE_SSMWRAP`, `${theirs.ratio.toFixed(2)} x (${ms(theirs.a)} against ${ms(theirs.b)})`, "");
}

/** An empty executable made by the build's own flags, and an empty script. */
function floors(): { executable: Timed; script: Timed } {
  const executable = join(folder, "empty");
  const script = join(folder, "empty.cjs");
  writeFileSync(script, "");
  const { status } = spawnSync(process.execPath, [join(root, "scripts/build-floor.ts"), executable], { stdio: "inherit" });
  if (status !== 0) throw new Error("the empty executable could not be built");
  return { executable: { command: [executable] }, script: { command: [process.execPath, script] } };
}

const start = (form: readonly [string, ...string[]], env: Readonly<Record<string, string>>, paths = "/prod/"): Timed => ({
  command: [...form, `-paths=${paths}`, "--", program],
  env: { ...aws, ...env },
});

async function overHttp(): Promise<void> {
  const { executable, script } = floors();
  const server = await pagesServer("2");
  const env = { AWS_ENDPOINT_URL: `http://127.0.0.1:${server.port}` };
  against("1", "start to exec, HTTP, two pages, release form / empty executable", start([release], env), executable, "<= 2.3 x");
  against("7", "the same, npm form on this Node / empty script", start(npm, env), script, "<= 2.1 x");
  server.stop();
  await overHttps(executable);
}

async function overHttps(executable: Timed): Promise<void> {
  const certificate = join(folder, "certificate.pem");
  const key = join(folder, "key.pem");
  const made = spawnSync("openssl", [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:prime256v1",
    "-nodes",
    "-days",
    "2",
    "-subj",
    "/CN=localhost",
    "-addext",
    "subjectAltName=DNS:localhost",
    "-keyout",
    key,
    "-out",
    certificate,
  ]);
  if (made.status !== 0) return print("2", "the same over HTTPS", "not measured: openssl is not here", "<= 3 x");
  const server = await pagesServer("2", "0", certificate, key);
  const env = { AWS_ENDPOINT_URL: `https://localhost:${server.port}`, AWS_CA_BUNDLE: certificate };
  against("2", "the same over HTTPS, release form / empty executable", start([release], env), executable, "<= 3 x");
  server.stop();
}

async function manyPaths(): Promise<void> {
  const server = await pagesServer("5", "20");
  const env = { AWS_ENDPOINT_URL: `http://127.0.0.1:${server.port}` };
  const [four, one] = [start([release], env, "/a,/b,/c,/d"), start([release], env, "/a")];
  const { a, b, ratio } = compare(four, one, nothing, 11);
  print("3", "4 paths x 5 pages / 1 path x 5 pages, 20 ms a call", `${ratio.toFixed(2)} x (${ms(a)} against ${ms(b)})`, "<= 1.25 x");
  server.stop();
}

async function residentMemory(): Promise<void> {
  await using local = await startRehearsal();
  // Mappings of the program that came after us, and a parent that still is us.
  const script = "readlink /proc/$$/exe; cat /proc/$$/maps /proc/$PPID/comm | grep -c ssmwrap";
  const child = spawn(release, ["-paths=/prod/", "--", "sh", "-c", script], {
    env: { PATH: process.env["PATH"] ?? "", ...local.env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  await once(child, "close");
  const [image = "", traces = ""] = Buffer.concat(chunks).toString("utf8").trim().split("\n");
  print("4", "mappings and processes of ours after exec", `${traces} (the image is ${image})`, "0");
}

async function main(): Promise<void> {
  print("id", "what", "measured", "target");
  await overHttp();
  await manyPaths();
  await residentMemory();
  const { failed, calls, p50Ms, p99Ms } = await massStart(500, 3, 40);
  const times = `${calls} calls, p50 ${(p50Ms / 1000).toFixed(0)} s, p99 ${(p99Ms / 1000).toFixed(0)} s`;
  print("5", "500 task starts x 3 pages against 40 calls/s (virtual time)", `${failed} failed (${times})`, "0");
  const { outputs } = JSON.parse(readFileSync(join(root, "dist/meta/ssmwrap.release.json"), "utf8"));
  print("6", "hot chunk, minified", `${(hotBytes(outputs) / 1000).toFixed(1)} KB`, "<= 60 KB");
}

/** Bytes of the entry and of everything that it imports statically. */
function hotBytes(
  outputs: Readonly<Record<string, { bytes: number; imports: { path: string; kind: string; external?: boolean }[] }>>,
): number {
  const seen = new Set<string>();
  const visit = (path: string): number => {
    const output = outputs[path];
    if (output === undefined || seen.has(path)) return 0;
    seen.add(path);
    return output.imports
      .filter(({ kind, external }) => kind === "import-statement" && external !== true)
      .reduce((sum, one) => sum + visit(one.path), output.bytes);
  };
  return visit("dist/bundle/ssmwrap/ssmwrap.js");
}

try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
