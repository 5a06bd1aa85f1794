import { createReadStream } from "node:fs";
import type { Context } from "@sukima/core";
import { flushMs } from "../loop/loop.ts";
import { readDump } from "../output/read-dump.ts";
import type { Output } from "../print/output.ts";

type Writer = Pick<Output, "record">;

/** Local mode: the records of a saved `-o json` output go through the same filters and forms. Rejects with the signal's reason, though the reader of the output has stalled. */
export async function replay(path: string, output: Writer, { signal, clock }: Pick<Context, "signal" | "clock">): Promise<void> {
  const { promise: patience, reject } = Promise.withResolvers<never>();
  let keepPatience = (): void => {};
  const heed = (): void => void (keepPatience = clock.after(flushMs, () => reject(signal.reason)));
  signal.addEventListener("abort", heed, { once: true });
  try {
    await Promise.race([printAll(path, output, signal), patience]);
  } finally {
    keepPatience();
    signal.removeEventListener("abort", heed);
  }
}

async function printAll(path: string, output: Writer, signal: AbortSignal): Promise<void> {
  for await (const record of readDump(createReadStream(path), path)) {
    signal.throwIfAborted();
    await output.record(record);
  }
}
