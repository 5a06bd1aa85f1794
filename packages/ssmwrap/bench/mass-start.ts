import { ToolError } from "@sukima/core";
import { seededRandom, simulatedClock } from "@sukima/core/testing";
import { planFetches } from "../src/fetch/plan.ts";
import { type Tally } from "../src/fetch/retry.ts";
import { runFetches } from "../src/fetch/run.ts";
import { ServiceError } from "../src/fetch/service-error.ts";
import { parsePath } from "../src/rules/path.ts";

export interface MassStart {
  readonly failed: number;
  readonly calls: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** `tasks` starts at the same instant, each with `pages` pages, against an account limit of `perSecond` calls (a token bucket that holds a second's worth); 30 ms a call. The retry code is the real one. */
export async function massStart(tasks: number, pages: number, perSecond: number, seed = 1): Promise<MassStart> {
  const clock = simulatedClock();
  const random = seededRandom(seed);
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
