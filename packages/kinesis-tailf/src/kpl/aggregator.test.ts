import { describe, expect, it } from "vitest";
import { Aggregator, defaultAggregateBytes } from "./aggregator.ts";
import { deaggregate } from "./deaggregate.ts";

const record = (key: string, length: number) => ({ key, data: Buffer.alloc(length, "x") });

describe("Aggregator", () => {
  it("fills a record up to the limit and not a byte further", () => {
    const aggregator = new Aggregator(1_000);
    aggregator.add(record("a", 100));
    const room = 1_000 - aggregator.size;
    // A new key "b" costs 3 bytes; the record 3 (its header), 2 (the index) and 3 (the header of its data).
    expect(aggregator.fits(record("b", room - 11))).toBe(true);
    expect(aggregator.fits(record("b", room - 10))).toBe(false);
    aggregator.add(record("b", room - 11));
    expect(aggregator.take().length).toBe(1_000);
  });

  it("writes a key that is known already only once", () => {
    const aggregator = new Aggregator();
    const key = "k".repeat(64);
    aggregator.add(record(key, 10));
    const first = aggregator.size;
    aggregator.add(record(key, 10));
    expect(aggregator.size - first).toBe(16);
  });

  it("starts afresh after each record", () => {
    const aggregator = new Aggregator();
    aggregator.add(record("a", 1));
    expect(aggregator.count).toBe(1);
    aggregator.take();
    expect([aggregator.count, aggregator.size]).toEqual([0, 20]);
    aggregator.add({ key: "b", explicitHashKey: "7", data: Buffer.from("2") });
    expect(deaggregate(aggregator.take())).toEqual({
      kind: "aggregated",
      records: [{ key: "b", explicitHashKey: "7", data: Buffer.from("2") }],
    });
  });

  it("takes the size of the KPL unless told otherwise", () => {
    expect(new Aggregator().fits(record("k", defaultAggregateBytes - 20 - 3 - 4 - 2 - 4))).toBe(true);
    expect(new Aggregator().fits(record("k", defaultAggregateBytes - 20 - 3 - 4 - 2 - 4 + 1))).toBe(false);
  });
});
