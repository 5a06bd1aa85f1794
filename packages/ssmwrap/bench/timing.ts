import { spawnSync } from "node:child_process";

/** A command to time: words and environment. */
export interface Timed {
  readonly command: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

function once({ command: [program, ...args], env = {} }: Timed): number {
  const began = process.hrtime.bigint();
  const { status, stderr } = spawnSync(program, args, {
    env: { PATH: process.env["PATH"] ?? "", HOME: "/nonexistent", ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ms = Number(process.hrtime.bigint() - began) / 1e6;
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: exit ${status}: ${stderr}`);
  return ms;
}

/** Whole-process wall times of two commands in turn, a b a b ..., after a warm-up: medians in ms, and the median of the pairs' ratios, which holds when the machine's speed drifts. */
export function compare(a: Timed, b: Timed, runs = 41): { readonly a: number; readonly b: number; readonly ratio: number } {
  for (const timed of [a, b, a, b]) once(timed);
  const pairs = Array.from({ length: runs }, () => [once(a), once(b)] as const);
  return { a: median(pairs.map(([x]) => x)), b: median(pairs.map(([, y]) => y)), ratio: median(pairs.map(([x, y]) => x / y)) };
}
