import { simulatedClock } from "@sukima/core/testing";
import { expect, it } from "vitest";
import { Statistics, summaryLine } from "./statistics.ts";

async function scene(): Promise<Statistics> {
  const clock = simulatedClock();
  const stats = new Statistics(clock);
  for (const shard of ["a", "b"]) stats.begin({ stream: "s", shard });
  stats.fetched = 3;
  stats.printed = 2;
  stats.bytes = 999;
  stats.pages = 4;
  stats.behind({ stream: "s", shard: "a" }, 1500);
  await clock.sleep(1250);
  return stats;
}

it("shows what a run has done, with the greatest lag of the shards that are still read", async () => {
  const stats = await scene();
  const snapshot = { seconds: 1.25, shards: 2, fetched: 3, bytes: 999, printed: 2, pages: 4, throttled: 0, retried: 0 };
  expect(stats.snapshot({ kpl_empty: 1 })).toEqual({ ...snapshot, reading: 2, behindMs: 1500, kpl_empty: 1 });
  stats.done({ stream: "s", shard: "a" });
  expect(stats.snapshot({})).toEqual({ ...snapshot, reading: 1, behindMs: 0 });
});

it.each([
  [999, 0, "2 of 3 records printed, 999 B from 2 shards in 1.3 s, kpl_bad_md5 1"],
  [12_345, 7, "2 of 3 records printed, 12.3 kB from 2 shards in 1.3 s, 7 calls throttled, kpl_bad_md5 1"],
  [12_345_678, 0, "2 of 3 records printed, 12.3 MB from 2 shards in 1.3 s, kpl_bad_md5 1"],
])("sums up %d bytes and %d throttles for people, oddities by name", async (bytes, throttled, expected) => {
  const stats = await scene();
  stats.bytes = bytes;
  stats.throttled = throttled;
  expect(summaryLine(stats.snapshot({ kpl_bad_md5: 1, kpl_empty: 0 }))).toBe(expected);
});
