import type { Context, Env } from "../context.ts";
import { type InstantClock, instantClock } from "./instant-clock.ts";
import { memorySink } from "./memory-sink.ts";

export interface TestContext extends Context {
  readonly clock: InstantClock;
  readonly out: ReturnType<typeof memorySink>;
  readonly err: ReturnType<typeof memorySink>;
}

/** A context that remembers what was written, whose time passes at once and whose random numbers are all a half. */
export function testContext(env: Env, more: Partial<Context> & { readonly terminal?: boolean } = {}): TestContext {
  const { terminal = false, ...rest } = more;
  return {
    env,
    cwd: "/",
    random: () => 0.5,
    signal: new AbortController().signal,
    host: { pid: 4711, arch: process.arch, platform: process.platform, takeSignals() {} },
    ...rest,
    clock: instantClock(),
    out: memorySink(terminal),
    err: memorySink(terminal),
  };
}
