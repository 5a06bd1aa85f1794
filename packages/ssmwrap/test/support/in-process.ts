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

/** Run ssmwrap in this process against a rehearsal. No command is executed: use -print, -dry-run or -check. */
export async function run(aws: Pick<Rehearsal, "env">, argv: readonly string[], settings: RunSettings = {}): Promise<Run> {
  const { env, ...rest } = settings;
  const ctx: TestContext = testContext({ HOME: "/nonexistent", ...aws.env, ...env }, rest);
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
