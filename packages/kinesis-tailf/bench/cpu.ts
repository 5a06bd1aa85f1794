import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** What a run of a program took. */
export interface Run {
  readonly cpuMs: number;
  /** As its last line on stderr says. */
  readonly bytes: number;
}

const environment = (url: string): Record<string, string> => ({
  PATH: process.env["PATH"] ?? "",
  HOME: "/nonexistent",
  AWS_ENDPOINT_URL: url,
  AWS_REGION: "ap-northeast-1",
  AWS_ACCESS_KEY_ID: "AKID",
  AWS_SECRET_ACCESS_KEY: "secret",
});

/** Run a program with its output in a pipe to `cat`, and take its processor time (user and system) from bash. */
export async function runForCpu(url: string, command: readonly string[]): Promise<Run> {
  const script = 'TIMEFORMAT="cpu %U %S"; { time "$@"; } > >(cat > /dev/null)';
  const child = spawn("bash", ["-c", script, "bash", ...command], { env: environment(url), stdio: ["ignore", "ignore", "pipe"] });
  const [story] = await Promise.all([text(child.stderr), once(child, "exit")]);
  const [, user, system] = /cpu (\S+) (\S+)/.exec(story) ?? [];
  const bytes = /"bytes":(\d+)/g;
  const counts = [...story.matchAll(bytes)].map(([, count]) => Number(count));
  if (user === undefined || counts.length === 0) throw new Error(`${command.join(" ")}: ${story}`);
  return { cpuMs: (Number(user) + Number(system)) * 1000, bytes: counts.at(-1) ?? 0 };
}

/** MB of payload for a second of processor time, from a short and a long run, so that the start of the program does not count. */
export const rateBetween = (short: Run, long: Run): number => (long.bytes - short.bytes) / 1000 / (long.cpuMs - short.cpuMs);

export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
