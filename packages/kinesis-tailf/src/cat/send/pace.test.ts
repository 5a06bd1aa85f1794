import { describe, expect, it } from "vitest";
import { adaptivePace, fixedPace, type Pace } from "./pace.ts";

/** Send against a stream that takes `capacity` records a second, for some seconds; gives what arrived and what was refused in the last of them. */
function play(pace: Pace, capacity: number, seconds: number, luck = 1): { arrived: number; refused: number } {
  let tokens = capacity;
  let last = { arrived: 0, refused: 0 };
  for (let now = 0; now < seconds * 1000; now += 10) {
    if (now % 1000 === 0) last = { arrived: 0, refused: 0 };
    tokens = Math.min(capacity, tokens + capacity / 100);
    if (pace.waitMs(now) > 0) continue;
    const count = Math.min(500, pace.allowance(now));
    pace.spend(count, now);
    const arrived = Math.floor(Math.min(count * luck, tokens));
    tokens -= arrived;
    pace.learn(arrived, count - arrived, now);
    last = { arrived: last.arrived + arrived, refused: last.refused + count - arrived };
  }
  return last;
}

describe("pace", () => {
  it("sends a fixed number a second, in slices worth a request", () => {
    const pace = fixedPace(1000, 0);
    let sent = 0;
    let requests = 0;
    for (let now = 0; now < 10_000; now++) {
      if (pace.waitMs(now) > 0) continue;
      const count = pace.allowance(now);
      pace.spend(count, now);
      sent += count;
      requests++;
    }
    expect(sent).toBeGreaterThan(9900);
    expect(sent).toBeLessThan(10_200);
    expect(requests).toBeLessThan(250);
  });

  it("uses a throttled stream up without flooding it", () => {
    const { arrived, refused } = play(adaptivePace(), 1000, 30);
    expect(arrived).toBeGreaterThan(980);
    expect(refused).toBeLessThan(500);
  });

  it("stays free while a share is refused by chance", () => {
    const pace = adaptivePace();
    play(pace, 1e9, 5, 0.8);
    expect(pace.allowance(5000)).toBe(Number.POSITIVE_INFINITY);
  });

  it("goes up again when the stream takes more", () => {
    const pace = adaptivePace();
    play(pace, 100, 5);
    let now = 5000;
    for (; now < 65_000; now += 100) {
      if (pace.waitMs(now) > 0) continue;
      const count = Math.min(500, pace.allowance(now));
      pace.spend(count, now);
      pace.learn(count, 0, now);
    }
    expect(pace.allowance(now)).toBeGreaterThan(100);
  });
});
