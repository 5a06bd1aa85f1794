import { expect, it } from "vitest";
import { createPool } from "./page-memory.ts";

it("gives memory again that came back, and none that did not", () => {
  const pool = createPool();
  const [one, other] = [pool.take(4000), pool.take(4000)];
  pool.giveBack(one);
  const [first, second] = [pool.take(3000), pool.take(3000)];
  expect([first === one, second === one, second === other]).toEqual([true, false, false]);
});

it("has room for the base64 of an answer", () => {
  const answerBytes = 1003;
  expect(createPool().take(answerBytes).bytes.length).toBeGreaterThanOrEqual((answerBytes * 3) / 4);
});

it("keeps memory for large pages also when all that came before were small", () => {
  const pool = createPool();
  const small = Array.from({ length: 10 }, () => pool.take(100));
  for (const memory of small) pool.giveBack(memory);
  const large = pool.take(1_000_000);
  pool.giveBack(large);
  expect(pool.take(1_000_000)).toBe(large);
});
