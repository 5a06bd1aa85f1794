import { type Env, execute } from "@sukima/core";
import { testContext } from "@sukima/core/testing";
import type { Rehearsal } from "@sukima/rehearsal";
import { kinesisTailf } from "../../src/tail/command.ts";
import type { OpenStdin } from "../../src/cat/input/read-inputs.ts";
import { runTail } from "../../src/tail/run.ts";

async function* nothing(): AsyncGenerator<Uint8Array> {}

export interface TailRun {
  readonly code: number;
  readonly out: string;
  readonly bytes: Buffer;
  readonly err: string;
}

/** The SDK reads the process's environment, which in an executable is the same. */
function showToSdk(env: Env): void {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) Reflect.deleteProperty(process.env, name);
  for (const [name, value] of Object.entries(env)) if (value !== undefined) process.env[name] = value;
}

/** Who reads the output, and how. */
export interface TailReader {
  readonly isTerminal?: boolean;
  /** Called with each write; the tail waits for it as it does for a slow reader. */
  readonly takes?: (bytes: Uint8Array) => Promise<void> | void;
}

/** Run kinesis-tailf in this process against a rehearsal; its output is collected instead of written. Times without a zone are read in UTC. */
export async function runInProcess(
  aws: Pick<Rehearsal, "env" | "clock">,
  argv: readonly string[],
  env: Env = {},
  stdin: OpenStdin = nothing,
  { isTerminal = false, takes = () => {} }: TailReader = {},
): Promise<TailRun> {
  const base = testContext({ HOME: "/nonexistent", ...aws.env, ...env }, { terminal: isTerminal });
  // What the tail sleeps passes in the world too.
  const sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
    await base.clock.sleep(ms, signal);
    aws.clock.advance(ms);
  };
  const ctx = { ...base, clock: { ...base.clock, sleep } };
  showToSdk(ctx.env);
  const chunks: Uint8Array[] = [];
  const write = async (bytes: Uint8Array): Promise<void> => {
    // Pages lie in memory that serves again.
    chunks.push(Uint8Array.from(bytes));
    await takes(bytes);
  };
  const command = {
    ...kinesisTailf,
    run: (values: Parameters<typeof runTail>[0], operands: readonly string[]) =>
      runTail(values, operands, { stdout: { write }, stdin, zone: "UTC" }, ctx),
  };
  const code = await execute(command, "0.0.0", argv, ctx);
  const bytes = Buffer.concat(chunks);
  return { code, bytes, out: bytes.toString("utf8"), err: ctx.err.text };
}
