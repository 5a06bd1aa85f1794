// `node packages/kinesis-tailf/bench/cat.ts`: how fast kinesis-cat sends, against a rehearsed stream in another process.
// BASELINE_KINESIS_CAT=/path/to/other/kinesis-cat measures that one too and prints ours/theirs.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "kinesis-cat-bench-"));
const root = join(import.meta.dirname, "../../..");
const release = join(root, "dist/bin/kinesis-cat");
const baseline = process.env["BASELINE_KINESIS_CAT"];
const runMain = 'import("./main.ts").then(({ main }) => main(process.argv.slice(1)))';
const source = [
  process.execPath,
  "--input-type=module",
  "-e",
  runMain.replace("./main.ts", join(import.meta.dirname, "../src/cat/main.ts")),
  "--",
];
/** The release form where it is built, otherwise the sources. */
const ours = existsSync(release) ? [release] : source;

const print = (id: string, what: string, figure: string, target: string): void =>
  void process.stdout.write(`${id.padEnd(3)} ${what.padEnd(64)} ${figure.padEnd(44)} ${target}\n`);

interface Server {
  readonly url: string;
  stop(): void;
}

/** A rehearsal in a process of its own, so that it does not compete for our event loop. */
async function serve(limits: "on" | "off"): Promise<Server> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "stream-server.ts"), limits], { stdio: ["ignore", "pipe", "inherit"] });
  const [url] = await once(child.stdout, "data");
  return { url: String(url).trim(), stop: () => child.kill() };
}

const environmentOf = ({ url }: Server): Record<string, string> => ({
  PATH: process.env["PATH"] ?? "",
  HOME: "/nonexistent",
  AWS_ENDPOINT_URL: url,
  AWS_REGION: "ap-northeast-1",
  AWS_ACCESS_KEY_ID: "AKID",
  AWS_SECRET_ACCESS_KEY: "secret",
});

/** The whole process, in ms. */
async function time(server: Server, [program = "", ...args]: readonly string[]): Promise<number> {
  const began = performance.now();
  const child = spawn(program, args, { env: environmentOf(server), stdio: ["ignore", "ignore", "inherit"] });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`${program} ${args.join(" ")}: exit ${String(code)}`);
  return performance.now() - began;
}

const best = async (runs: number, once: () => Promise<number>): Promise<number> => {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) least = Math.min(least, await once());
  return least;
};

/** PutRecords and PutRecord calls that the server has seen. */
async function puts({ url }: Server): Promise<number> {
  const text = await (await fetch(`${url}/_rehearsal/journal`)).text();
  return (text.match(/"operation":"PutRecords?"/g) ?? []).length;
}

async function twoThousandLines(): Promise<void> {
  const server = await serve("off");
  const file = join(folder, "lines.log");
  writeFileSync(file, Array.from({ length: 2000 }, (_, at) => `line ${at} of the bench `.padEnd(99, "x")).join("\n"));
  const argv = ["-stream", "s", file];
  const first = await time(server, [...ours, ...argv]);
  const calls = await puts(server);
  const ms = Math.min(first, await best(4, () => time(server, [...ours, ...argv])));
  print(
    "3",
    "2,000 lines, 5 ms service delay, no shard limits",
    `${(ms / 1000).toFixed(2)} s, ${calls} PutRecords`,
    "<= 0.3 s, 4 PutRecords",
  );
  if (baseline !== undefined) {
    const theirs = await best(1, () => time(server, [baseline, ...argv]));
    print("", "  the same, ours / BASELINE_KINESIS_CAT", `${(ms / theirs).toFixed(2)} x (${(theirs / 1000).toFixed(2)} s)`, "");
  }
  server.stop();
}

/** Records a second through one shard with its limits, once the burst that it allows is used up. */
async function rate(flags: readonly string[], fewer: number, more: number): Promise<number> {
  const seconds: number[] = [];
  for (const count of [fewer, more]) {
    // A new stream each: budgets start full.
    const server = await serve("on");
    const file = join(folder, `${count}.log`);
    writeFileSync(file, Array.from({ length: count }, (_, at) => `line ${at} `.padEnd(100, "x")).join("\n"));
    seconds.push((await time(server, [...ours, "-stream", "s", ...flags, file])) / 1000);
    server.stop();
  }
  const [short = 0, long = 0] = seconds;
  return (more - fewer) / (long - short);
}

async function aggregation(): Promise<void> {
  const plain = await rate([], 4000, 14_000);
  const packed = await rate(["-aggregate"], 20_000, 80_000);
  print(
    "4",
    "-aggregate, 100-byte lines, one shard with limits",
    `${(packed / plain).toFixed(2)} x (${packed.toFixed(0)} against ${plain.toFixed(0)} records/s)`,
    ">= 5.5 x",
  );
}

try {
  print("id", "what", `measured (${ours === source ? "sources" : "release form"})`, "target");
  await twoThousandLines();
  await aggregation();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
