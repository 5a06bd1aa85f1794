import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "./clock.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the system clock", () => {
  it("tells the machine's time, and a time that never goes back", () => {
    vi.setSystemTime(new Date("2026-01-02T03:04:05Z"));
    const before = systemClock.elapsedMs();
    vi.advanceTimersByTime(1500);
    expect(systemClock.now()).toEqual(new Date("2026-01-02T03:04:06.500Z"));
    expect(systemClock.elapsedMs() - before).toBeCloseTo(1500);
  });

  it("sleeps as long as it is told", async () => {
    let awake = false;
    const sleeping = systemClock.sleep(1000).then(() => (awake = true));
    await vi.advanceTimersByTimeAsync(999);
    expect(awake).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await sleeping).toBe(true);
  });

  it("wakes with the signal's reason, and leaves no timer and no listener behind", async () => {
    const controller = new AbortController();
    const sleeping = systemClock.sleep(1000, controller.signal);
    controller.abort(new Error("stop"));
    await expect(sleeping).rejects.toThrow("stop");
    expect([vi.getTimerCount(), getEventListeners(controller.signal, "abort").length]).toEqual([0, 0]);
    await expect(systemClock.sleep(1000, controller.signal)).rejects.toThrow("stop");
  });

  it("leaves no listener behind after a whole sleep", async () => {
    const { signal } = new AbortController();
    const sleeping = systemClock.sleep(10, signal);
    await vi.advanceTimersByTimeAsync(10);
    await sleeping;
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("does not end a wait at once that is longer than a timer can be", async () => {
    const events: string[] = [];
    systemClock.after(2 ** 40, () => events.push("due"));
    void systemClock.sleep(2 ** 40).then(() => events.push("awake"));
    await vi.advanceTimersByTimeAsync(24 * 86_400_000);
    expect(events).toEqual([]);
  });

  it("calls once after a while, unless that is called off", () => {
    const calls: string[] = [];
    systemClock.after(10, () => calls.push("kept"));
    systemClock.after(10, () => calls.push("called off"))();
    vi.advanceTimersByTime(100);
    expect(calls).toEqual(["kept"]);
  });
});
