import { instantClock } from "@sukima/core/testing";
import { expect, it } from "vitest";
import { backoffMs, retry, type RetryAdvice } from "./retry.ts";

const settings = (attempts: number) => ({
  attempts,
  clock: instantClock(),
  random: () => 1,
  signal: new AbortController().signal,
  tally: { calls: 0, retries: 0, throttles: 0 },
});
const always = (advice: RetryAdvice | undefined) => () => advice;

it("doubles from a second when throttled, from 50 ms otherwise, up to 20 s", () => {
  const waits = (kind: RetryAdvice["kind"]): number[] => Array.from({ length: 8 }, (_, failures) => backoffMs({ kind }, failures, () => 1));
  expect(waits("throttled")).toEqual([1000, 2000, 4000, 8000, 16_000, 20_000, 20_000, 20_000]);
  expect(waits("transient")).toEqual([50, 100, 200, 400, 800, 1600, 3200, 6400]);
});

it("waits at least half of that, the rest by chance, and exactly what the service asks for", () => {
  expect(backoffMs({ kind: "throttled" }, 2, () => 0)).toBe(2000);
  expect(backoffMs({ kind: "throttled" }, 2, () => 0.5)).toBe(3000);
  expect(backoffMs({ kind: "throttled", afterMs: 1234 }, 2, () => 0.25)).toBe(1234);
});

it("tries as often as it may, counts, and then throws the last error itself", async () => {
  const s = settings(3);
  const error = new Error("no");
  await expect(retry(s, () => Promise.reject(error), always({ kind: "throttled" }))).rejects.toBe(error);
  expect([s.tally, s.clock.sleeps]).toEqual([{ calls: 3, retries: 2, throttles: 3 }, [1000, 2000]]);
});

it("does not try again what cannot get better", async () => {
  const s = settings(10);
  await expect(retry(s, () => Promise.reject(new Error("denied")), always(undefined))).rejects.toThrow("denied");
  expect(s.tally.calls).toBe(1);
});

it("stops with the signal's reason, also while it waits", async () => {
  const stop = new AbortController();
  const s = { ...settings(10), signal: stop.signal };
  const failing = async (): Promise<never> => {
    stop.abort(new Error("told to stop"));
    throw new Error("aborted call");
  };
  await expect(retry(s, failing, always({ kind: "transient" }))).rejects.toThrow("told to stop");
});
