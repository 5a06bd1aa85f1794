import { type Env, execute } from "@sukima/core";
import { type TestContext, testContext } from "@sukima/core/testing";
import type { Rehearsal } from "@sukima/rehearsal";
import { ssmwrap } from "../../src/command.ts";

/** What a run left behind. */
export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Waits between attempts, in milliseconds. */
  readonly sleeps: readonly number[];
}

export interface RunSettings {
  readonly env?: Env;
  readonly signal?: AbortSignal;
  readonly terminal?: boolean;
  readonly cwd?: string;
}

/** The SDK's own chain and clients read the process's environment, which in an executable is the same. */
function showToSdk(env: Env): void {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) Reflect.deleteProperty(process.env, name);
  for (const [name, value] of Object.entries(env)) if (value !== undefined && /^(AWS_|HOME$)/.test(name)) process.env[name] = value;
}

/** Run ssmwrap in this process against a rehearsal. No command is executed: use -print, -dry-run or -check. */
export async function run(aws: Pick<Rehearsal, "env">, argv: readonly string[], settings: RunSettings = {}): Promise<Run> {
  const { env: more, ...rest } = settings;
  const env: Env = { HOME: "/nonexistent", ...aws.env, ...more };
  showToSdk(env);
  const ctx: TestContext = testContext(env, rest);
  const code = await execute(ssmwrap, "0.0.0", argv, ctx);
  return { code, out: ctx.out.text, err: ctx.err.text, sleeps: ctx.clock.sleeps };
}

/** The variables that a run would set, by `-print json`; fails unless it succeeds. */
export async function variables(
  aws: Pick<Rehearsal, "env">,
  argv: readonly string[],
  settings: RunSettings = {},
): Promise<Record<string, string>> {
  const { code, out, err } = await run(aws, ["-print", "json", ...argv], settings);
  if (code !== 0) throw new Error(`exit ${code}: ${err}`);
  return JSON.parse(out);
}
