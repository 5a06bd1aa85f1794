import { expect, it } from "vitest";
import { instantClock } from "./instant-clock.ts";

it("passes time only while somebody sleeps, and then at once", async () => {
  const clock = instantClock(new Date("2026-01-01T00:00:00Z"));
  await clock.sleep(90_000);
  await clock.sleep(500);
  expect([clock.now(), clock.elapsedMs(), clock.sleeps]).toEqual([new Date("2026-01-01T00:01:30.500Z"), 90_500, [90_000, 500]]);
});

it("calls what is due during a sleep, once, unless it was called off", async () => {
  const clock = instantClock();
  const calls: string[] = [];
  clock.after(100, () => calls.push("early"));
  clock.after(300, () => calls.push("late"));
  clock.after(100, () => calls.push("called off"))();
  await clock.sleep(200);
  await clock.sleep(50);
  expect(calls).toEqual(["early"]);
});

it("does not sleep when the signal has aborted, and says so when it aborts meanwhile", async () => {
  const clock = instantClock();
  const controller = new AbortController();
  clock.after(10, () => controller.abort(new Error("stop")));
  await expect(clock.sleep(20, controller.signal)).rejects.toThrow("stop");
  await expect(clock.sleep(20, controller.signal)).rejects.toThrow("stop");
  expect(clock.sleeps).toEqual([20]);
});
