import { spawnSync } from "node:child_process";

/** A command to time: words and environment. */
export interface Timed {
  readonly command: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
}

/** Milliseconds of both, and how they compare. */
export interface Comparison {
  readonly a: number;
  readonly b: number;
  readonly ratio: number;
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

/**
 * Wall times of two commands in turn, a b a b ..., after a warm-up: medians in ms, and the median of the pairs' ratios, which holds when
 * the machine's speed drifts. What it costs this process to start any program, measured with `nothing`, is taken off: it would pull every ratio towards 1.
 */
export function compare(a: Timed, b: Timed, nothing: Timed, runs = 41): Comparison {
  for (const timed of [a, b, nothing, a, b, nothing]) once(timed);
  const rounds = Array.from({ length: runs }, () => [once(a), once(b), once(nothing)] as const);
  const start = median(rounds.map(([, , z]) => z));
  return {
    a: median(rounds.map(([x]) => x - start)),
    b: median(rounds.map(([, y]) => y - start)),
    ratio: median(rounds.map(([x, y]) => (x - start) / (y - start))),
  };
}
