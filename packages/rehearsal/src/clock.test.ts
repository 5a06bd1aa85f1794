import { expect, it } from "vitest";
import { createClock } from "./clock.ts";

const at = (ms: number): Date => new Date(ms);

it("starts at real now and runs at its speed", () => {
  let real = 1000;
  const clock = createClock({ mode: "real", speed: 30 }, () => real);
  expect(clock.now()).toEqual(at(1000));
  real += 2000;
  expect(clock.now()).toEqual(at(61_000));
});

it("stands still when it is virtual, until it is advanced", () => {
  let real = 1000;
  const clock = createClock({ mode: "virtual", speed: 30 }, () => real);
  real += 2000;
  expect(clock.now()).toEqual(at(1000));
  clock.advance(90_000);
  expect(clock.now()).toEqual(at(91_000));
});

it("never goes back", () => {
  const clock = createClock({ mode: "virtual", speed: 1 });
  for (const ms of [-1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => clock.advance(ms)).toThrow("only moves forward");
});
