import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Clock, type Env, execute, systemClock } from "@sukima/core";
import { testContext } from "@sukima/core/testing";
import type { Rehearsal } from "@sukima/rehearsal";
import { kinesisCatReading } from "../../../src/cat/command.ts";

export interface CatRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface CatSettings {
  /** Standard input, chunk by chunk. */
  readonly stdin?: AsyncIterable<Uint8Array> | readonly (string | Uint8Array)[];
  readonly env?: Env;
  /** `world`: what is slept passes at once, in the world too. */
  readonly clock?: "world" | "real";
  readonly signal?: AbortSignal;
}

/** The SDK reads the process's environment, which in an executable is the same. */
function showToSdk(env: Env): void {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) Reflect.deleteProperty(process.env, name);
  for (const [name, value] of Object.entries(env)) if (value !== undefined) process.env[name] = value;
}

const networkMs = 5;

function worldClock({ clock }: Pick<Rehearsal, "clock">, own: Clock): Clock {
  return {
    ...own,
    async sleep(ms, signal) {
      // An answer that comes within this real time was there before the wait was over.
      await systemClock.sleep(Math.min(ms, networkMs), signal);
      await own.sleep(ms, signal);
      clock.advance(Math.ceil(ms));
    },
  };
}

/** Run kinesis-cat in this process against a rehearsal. Rejects with the reason of an aborted `signal`, as the command does. */
export async function cat(aws: Pick<Rehearsal, "env" | "clock">, argv: readonly string[], settings: CatSettings = {}): Promise<CatRun> {
  const { stdin = [], env, clock = "world", signal } = settings;
  const base = testContext({ HOME: "/nonexistent", ...aws.env, ...env }, signal === undefined ? {} : { signal });
  const ctx = { ...base, clock: clock === "real" ? systemClock : worldClock(aws, base.clock) };
  showToSdk(ctx.env);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of stdin) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
  }
  const told = (): Pick<CatRun, "out" | "err"> => ({ out: base.out.text, err: base.err.text });
  try {
    return { code: await execute(kinesisCatReading(chunks), "0.0.0", argv, ctx), ...told() };
  } catch (error) {
    if (!(signal?.aborted === true && error === signal.reason)) throw error;
    return { code: -1, ...told() };
  }
}

/** A file with this content, in a folder of its own. */
export function fileOf(content: string | Uint8Array, name = "input.log"): string {
  const path = join(mkdtempSync(join(tmpdir(), "kinesis-cat-")), name);
  writeFileSync(path, content);
  return path;
}
