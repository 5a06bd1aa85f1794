// `node packages/kinesis-tailf/bench/tail.ts`: processor time for a MB of payload, against a constant-body server in another process.
// BASELINE_KINESIS_TAILF=/path/to/other/kinesis-tailf measures that one too and prints ours/theirs.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median, rateBetween, type Run, runForCpu } from "./cpu.ts";

const folder = mkdtempSync(join(tmpdir(), "kinesis-tailf-bench-"));
const root = join(import.meta.dirname, "../../..");
const release = join(root, "dist/bin/kinesis-tailf");
const baseline = process.env["BASELINE_KINESIS_TAILF"];
/** Seconds. The short run has to be long enough for the runtime to have compiled what is run often: that belongs to the start of a program. */
const shortRun = 2;
const longRun = 6;
const rounds = 5;

const print = (id: string, what: string, figure: string, target: string): void =>
  void process.stdout.write(`${id.padEnd(3)} ${what.padEnd(52)} ${figure.padEnd(56)} ${target}\n`);

async function serve(records: number, bytes: number): Promise<{ readonly url: string; stop(): void }> {
  const program = join(import.meta.dirname, "constant-body.ts");
  const child = spawn(process.execPath, [program, String(records), String(bytes)], { stdio: ["ignore", "pipe", "inherit"] });
  const [url] = await once(child.stdout, "data");
  return { url: String(url).trim(), stop: () => child.kill() };
}

/** The floor in the release form, as the build makes it. */
function buildFloor(): string {
  const outfile = join(folder, "floor");
  const program = [join(root, "scripts/build-floor.ts"), outfile, join(import.meta.dirname, "floor.ts")];
  const { status } = spawnSync(process.execPath, program, { stdio: "inherit" });
  if (status !== 0) throw new Error("the floor could not be built");
  return outfile;
}

const flags = ["-stream", "s", "-from", "horizon", "-max-tps", "1000", "-max-rate", "10GiB", "-stats=json"];
const tail = (program: string, seconds: number, ...more: string[]): string[] => [program, ...flags, "-timeout", `${seconds}s`, ...more];

/** The rates of several programs, one list each, measured in turn. Each gives its command for a short and for a long run. */
async function rates(url: string, programs: readonly ((isLong: boolean) => string[])[]): Promise<number[][]> {
  const measured: number[][] = programs.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, commandOf] of programs.entries()) {
      const short: Run = await runForCpu(url, commandOf(false));
      const long: Run = await runForCpu(url, commandOf(true));
      measured[at]?.push(rateBetween(short, long));
    }
  }
  return measured;
}

/** The median of the ratios of the rounds: what slows a round down slows both. */
const ratio = (ours: readonly number[], other: readonly number[]): number =>
  median(ours.map((rate, round) => rate / (other[round] ?? Number.NaN)));

async function page(records: number, bytes: number, floor: string): Promise<void> {
  const server = await serve(records, bytes);
  const pages = Math.round(2e9 / (records * bytes));
  const [atFloor = [], ours = [], sdk = []] = await rates(server.url, [
    (isLong) => [floor, server.url, String(isLong ? pages : Math.round(pages / 5))],
    (isLong) => tail(release, isLong ? longRun : shortRun),
    (isLong) => tail(release, isLong ? longRun : shortRun, "-sdk"),
  ]);
  const percent = (ratio(ours, atFloor) * 100).toFixed(0);
  const figure = `${percent} % of the floor (${median(ours).toFixed(0)} / ${median(atFloor).toFixed(0)} MB), ${ratio(ours, sdk).toFixed(1)} x the SDK (${median(sdk).toFixed(0)})`;
  print("1", `MB for a second of CPU, pages of ${records} x ${bytes} B`, figure, ">= 75 %, >= 2 x");
  server.stop();
}

/** Another program does not know our flags: its bytes are counted by what comes out of it, beside the processor time that is taken. */
async function theirs(records: number, bytes: number): Promise<void> {
  if (baseline === undefined) return;
  const server = await serve(records, bytes);
  const counted = `timeout ${longRun} "${baseline}" -stream s -start 2023-11-14T00:00:00Z > >(wc -c | sed 's/.*/{"bytes":&}/' >&2)`;
  const [our, their] = [await runForCpu(server.url, tail(release, longRun)), await runForCpu(server.url, ["bash", "-c", counted])];
  const ratio = our.bytes / our.cpuMs / (their.bytes / their.cpuMs);
  print("", `  whole runs of ${longRun} s, ours / BASELINE_KINESIS_TAILF`, `${ratio.toFixed(2)} x`, "");
  server.stop();
}

try {
  print("id", "what", "measured (release form)", "target");
  const floor = buildFloor();
  for (const [records, bytes] of [
    [1000, 1024],
    [10_000, 200],
  ] as const) {
    await page(records, bytes, floor);
    await theirs(records, bytes);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
