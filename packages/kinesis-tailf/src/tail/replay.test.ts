import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simulatedClock } from "@sukima/core/testing";
import { expect, it } from "vitest";
import { replay } from "./replay.ts";

it("ends two seconds after it is stopped, though the reader of the output has stalled", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kinesis-tailf-"));
  const dump = join(folder, "dump.ndjson");
  writeFileSync(
    dump,
    '{"stream":"s","shard":"shardId-0","seq":"1","sub":null,"key":"k","ehk":null,"time":"2026-11-23T10:00:00.000Z","data":"a"}\n',
  );
  const clock = simulatedClock();
  const stop = new AbortController();
  const stalled = {
    record() {
      stop.abort(new Error("stopped"));
      return new Promise<void>(() => {});
    },
  };
  try {
    await expect(replay(dump, stalled, { signal: stop.signal, clock })).rejects.toThrow("stopped");
    expect(clock.elapsedMs()).toBe(2000);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
