import { isUtf8 } from "node:buffer";
import type { Log } from "@sukima/core";
import type { Taken } from "../order/merge.ts";
import type { StreamRecord } from "../record.ts";
import type { RecordBatch } from "../loop/batch.ts";
import type { ByteWriter } from "./byte-writer.ts";
import type { Origin } from "./origin.ts";
import type { Item, Pipeline, Rendered } from "./pipeline.ts";

/** Where the output of a shard goes. */
export type WriterFor = (origin: Origin) => ByteWriter;

/** A record that the output has taken, and the part up to which it has when that is not all of it. */
export interface Accepted {
  readonly sequence: string;
  readonly sub: number | null;
  readonly arrivedAtMs: number;
}

export interface OutputEvents {
  /** Records were printed. */
  printed(records: number): void;
  /** The run has what it was asked for. */
  full(): void;
}

/** What of a page was printed, and, when `-n` ended the run inside of it, the last record that was printed whole. */
export interface PrintedPage {
  readonly isWhole: boolean;
  readonly last?: Accepted | undefined;
}

/** Prints records; a promise resolves when the system has taken their bytes. */
export interface Output {
  /** A page, in its shard's order. */
  batch(origin: Origin, batch: RecordBatch): Promise<PrintedPage>;
  /** Records of several shards, in the order in which they are to be printed. Gives how far that went. */
  items(items: readonly Item[]): Promise<Taken>;
  /** A record that stands for itself: a line of a dump. */
  record(record: StreamRecord): Promise<void>;
}

/** Records through the pipeline to their writers. `hint` is told once when a terminal gets bytes that are no text. */
export function createOutput(pipeline: Pipeline, writerFor: WriterFor, events: OutputEvents, hint: Pick<Log, "warn"> | undefined): Output {
  let hinted = hint === undefined;
  const write = async (origin: Origin, { bytes, printed }: Rendered): Promise<void> => {
    if (bytes.length > 0) {
      if (!hinted && !isUtf8(bytes)) {
        hinted = true;
        hint?.warn("these records are not text", { hint: "-decode auto unpacks gzip and zstd, -o hex shows bytes" });
      }
      await writerFor(origin).write(bytes);
    }
    if (printed > 0) events.printed(printed);
    if (pipeline.isFull) events.full();
  };
  return {
    async batch(origin, batch) {
      const rendered = pipeline.batch(origin, batch);
      await write(origin, rendered);
      return rendered.whole === batch.length ? { isWhole: true } : { isWhole: false, last: lastWhole(batch, rendered) };
    },
    async items(items) {
      const [first] = items;
      if (first === undefined) return { whole: 0, sub: null };
      const rendered = pipeline.items(items);
      await write(first.origin, rendered);
      return rendered;
    },
    record: (record) => write(record, pipeline.record(record)),
  };
}

/** What a cut page has been printed up to; undefined when not even its first record was. */
function lastWhole(batch: RecordBatch, { whole, sub }: Rendered): Accepted | undefined {
  const at = sub === null ? whole - 1 : whole;
  if (at < 0) return undefined;
  return { sequence: batch.sequence(at), sub, arrivedAtMs: batch.arrivedAtMs[at] ?? 0 };
}
