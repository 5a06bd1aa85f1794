import { expect, it } from "vitest";
import { batchOf, pick, recordsOf } from "./batch.ts";
import { isWanted } from "./range.ts";

const arrived = (...times: number[]) =>
  times.map((arrivedAtMs, at) => ({ sequence: String(at), key: `k${at}`, arrivedAtMs, data: Buffer.from(String(arrivedAtMs)) }));

it("gives back the records it was made of", () => {
  const records = arrived(3, 10, 200);
  expect(recordsOf(batchOf(records))).toEqual(records);
});

it("keeps what arrived inside the range, both ends included, in whatever order it came", () => {
  const range = { startMs: 10_000, endMs: 20_000 };
  const kept = pick(batchOf(arrived(9_999, 10_000, 20_001, 15_000, 20_000)), (ms) => isWanted(range, ms));
  expect(recordsOf(kept).map(({ arrivedAtMs, data, key }) => [arrivedAtMs, String(data), key])).toEqual([
    [10_000, "10000", "k1"],
    [15_000, "15000", "k3"],
    [20_000, "20000", "k4"],
  ]);
});

it("is not copied when all of it is wanted", () => {
  const batch = batchOf(arrived(1, 2));
  expect(pick(batch, () => true)).toBe(batch);
});
