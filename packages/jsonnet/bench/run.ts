// Measures the built command, and another `jsonnet` given as BASELINE_JSONNET, on the same programs in turn.
// Usage: node packages/jsonnet/bench/run.ts [rounds]
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { programs } from "./programs.ts";

const built = process.env["JSONNET"] ?? new URL("../dist/jsonnet.mjs", import.meta.url).pathname;
const baseline = process.env["BASELINE_JSONNET"];

/** One line of the result: best times in milliseconds, process start to end. */
export interface Measurement {
  readonly program: string;
  readonly ours: number;
  readonly theirs: number | undefined;
}

/** Runs every program `rounds` times with each command, alternating, and keeps the best. Throws when outputs differ. */
export function measure(rounds: number): Measurement[] {
  const directory = mkdtempSync(join(tmpdir(), "jsonnet-bench-"));
  try {
    return [["empty object", { "main.jsonnet": "{}" }] as const, ...Object.entries(programs)].map(([program, files], i) => {
      const folder = join(directory, String(i));
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
      }
      return measureProgram(program, join(folder, "main.jsonnet"), rounds);
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function measureProgram(program: string, file: string, rounds: number): Measurement {
  let [ours, theirs] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < rounds; round++) {
    const own = time(process.execPath, [built, file]);
    ours = Math.min(ours, own.milliseconds);
    if (baseline === undefined) continue;
    const other = time(baseline, [file]);
    theirs = Math.min(theirs, other.milliseconds);
    if (own.output !== other.output) throw new Error(`${program}: the outputs differ`);
  }
  return { program, ours, theirs: baseline === undefined ? undefined : theirs };
}

function time(command: string, args: readonly string[]): { milliseconds: number; output: string } {
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
  return { milliseconds, output: stdout };
}

if (import.meta.main) {
  for (const { program, ours, theirs } of measure(Number(process.argv[2] ?? 5))) {
    const ratio = theirs === undefined ? "" : `  theirs ${theirs.toFixed(1).padStart(8)} ms  ratio ${(ours / theirs).toFixed(2)}`;
    process.stdout.write(`${program.padEnd(18)} ours ${ours.toFixed(1).padStart(8)} ms${ratio}\n`);
  }
}
