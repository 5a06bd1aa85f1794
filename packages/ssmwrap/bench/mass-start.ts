import { type Clock, ToolError } from "@sukima/core";
import { planFetches } from "../src/fetch/plan.ts";
import { type Tally } from "../src/fetch/retry.ts";
import { runFetches } from "../src/fetch/run.ts";
import { ServiceError } from "../src/fetch/service-error.ts";
import { parsePath } from "../src/rules/path.ts";

/** A clock of a simulation: when nothing else can happen, it jumps to the next wake-up. */
class SimulatedClock implements Clock {
  #ms = 0;
  #scheduled = false;
  readonly #wakes: { at: number; wake: () => void }[] = [];

  now(): Date {
    return new Date(this.#ms);
  }

  elapsedMs(): number {
    return this.#ms;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.after(ms, resolve);
      signal?.addEventListener("abort", () => (cancel(), reject(signal.reason)), { once: true });
    });
  }

  after(ms: number, due: () => void): () => void {
    const entry = { at: this.#ms + ms, wake: due };
    this.#wakes.push(entry);
    this.#schedule();
    return () => {
      const at = this.#wakes.indexOf(entry);
      if (at >= 0) this.#wakes.splice(at, 1);
    };
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      const next = this.#wakes.reduce<{ at: number; wake: () => void } | undefined>(
        (least, one) => (least === undefined || one.at < least.at ? one : least),
        undefined,
      );
      if (next === undefined) return;
      this.#ms = next.at;
      this.#wakes.splice(this.#wakes.indexOf(next), 1);
      next.wake();
      this.#schedule();
    });
  }
}

/** A small generator with a seed, so that a run can be repeated (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface MassStart {
  readonly failed: number;
  readonly calls: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** `tasks` starts at the same instant, each with `pages` pages, against an account limit of `perSecond` calls (a token bucket that holds a second's worth); 30 ms a call. The retry code is the real one. */
export async function massStart(tasks: number, pages: number, perSecond: number, seed = 1): Promise<MassStart> {
  const clock = new SimulatedClock();
  const random = seeded(seed);
  const limitMs = 120_000;
  let tokens = perSecond;
  let filledAt = 0;
  let calls = 0;
  const attempt = async (body: string): Promise<string> => {
    await clock.sleep(30);
    calls++;
    tokens = Math.min(perSecond, tokens + ((clock.elapsedMs() - filledAt) * perSecond) / 1000);
    filledAt = clock.elapsedMs();
    if (tokens < 1) throw new ServiceError("ThrottlingException", 400, "Rate exceeded", { retryAfterMs: undefined, skewMs: 0 });
    tokens--;
    const page = Number(/"NextToken":"(\d+)"/.exec(body)?.[1] ?? 1);
    return JSON.stringify({ Parameters: [], ...(page < pages ? { NextToken: String(page + 1) } : {}) });
  };
  const plan = planFetches([parsePath("/prod/**/*", false)], undefined);
  const oneTask = async (): Promise<number | undefined> => {
    const tally: Tally = { calls: 0, retries: 0, throttles: 0 };
    const late = new AbortController();
    const cancel = clock.after(limitMs, () => late.abort(new ToolError("TIMED_OUT", "too late")));
    const settings = { attempts: 10, clock, random, signal: late.signal, tally, concurrency: 4 };
    try {
      const secrets = (): Promise<void> => Promise.reject(new Error("no secrets here"));
      await runFetches(
        plan,
        {
          attempt: (_region, _operation, body) => attempt(body),
          endpoint: () => "https://ssm.invalid",
          secrets,
          log: { debug() {} },
          isProxied: async () => false,
        },
        settings,
      );
      return clock.elapsedMs();
    } catch {
      return undefined;
    } finally {
      cancel();
    }
  };
  const ends = await Promise.all(Array.from({ length: tasks }, oneTask));
  const times = ends.filter((end) => end !== undefined).sort((a, b) => a - b);
  const quantile = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return { failed: tasks - times.length, calls, p50Ms: quantile(0.5), p99Ms: quantile(0.99) };
}
