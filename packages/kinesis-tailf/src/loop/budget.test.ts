import { expect, it } from "vitest";
import { createBudget } from "./budget.ts";

function clocked(perSecond: number, burst: number) {
  let ms = 0;
  const budget = createBudget({ elapsedMs: () => ms }, () => perSecond, burst);
  return { take: (amount: number) => budget.take(amount), pass: (more: number) => (ms += more) };
}

it("lets a burst through and then one each half second at two a second", () => {
  const { take, pass } = clocked(2, 1);
  expect([take(1), take(1)]).toEqual([0, 500]);
  pass(500);
  expect(take(1)).toBe(500);
  pass(5000);
  expect([take(1), take(1)]).toEqual([0, 500]);
});

it("lets one page that is larger than the bucket through, and makes the next one wait for it", () => {
  const { take, pass } = clocked(2, 2);
  expect(take(10)).toBe(0);
  expect(take(1)).toBe(4500);
  pass(4500);
  expect(take(1)).toBe(500);
});
