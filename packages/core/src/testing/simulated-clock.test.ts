import { expect, it } from "vitest";
import { simulatedClock } from "./simulated-clock.ts";

it("lets an hour pass in order, at once", async () => {
  const clock = simulatedClock();
  const order: string[] = [];
  const sleeper = async (name: string, ms: number): Promise<void> => {
    await clock.sleep(ms);
    order.push(`${name} at ${clock.elapsedMs()}`);
  };
  await Promise.all([sleeper("late", 3_600_000), sleeper("early", 1000), sleeper("early", 1000).then(() => sleeper("again", 500))]);
  expect(order).toEqual(["early at 1000", "early at 1000", "again at 1500", "late at 3600000"]);
});

it("wakes a sleeper whose signal aborts, and not again", async () => {
  const clock = simulatedClock();
  const stop = new AbortController();
  const sleeping = clock.sleep(1000, stop.signal);
  clock.after(10, () => stop.abort(new Error("enough")));
  await expect(sleeping).rejects.toThrow("enough");
  expect(clock.elapsedMs()).toBe(10);
});
