import type { Env } from "@sukima/core";
import { compileFilter } from "../filter/record-filter.ts";
import { magic } from "../kpl/frame.ts";
import { createFormatter } from "../output/formatter.ts";
import { decodePayload, type PayloadCounter } from "../payload/decode-payload.ts";
import type { StreamRecord } from "../record.ts";
import { type RecordBatch, recordAt } from "../loop/batch.ts";
import type { TailOptions } from "../tail/options.ts";
import type { Origin } from "./origin.ts";
import { type KplCounter, type KplRules, unpack } from "./unpack.ts";

/** Where output goes and whose eyes read it. */
export interface Reader {
  readonly isTerminal: boolean;
  readonly zone: string;
  readonly env: Env;
  /** Something the reader should know, once. */
  warn(problem: string): void;
}

/** A record of the stream by its place. */
export interface Item {
  readonly origin: Origin;
  readonly batch: RecordBatch;
  readonly at: number;
}

/** What became of some records. */
export interface Rendered {
  /** One write for all of them; empty when nothing is to be printed. */
  readonly bytes: Uint8Array;
  /** How many records the bytes hold. */
  readonly printed: number;
  /** How many of the records are printed whole. */
  readonly whole: number;
  /** Of the next one, the part up to which it is printed, when `-n` ended the run inside of it. Parts are user records as a rule, and of a log message its events. */
  readonly sub: number | null;
}

/** Records on their way from a page to bytes: unpacked, decoded, filtered, counted down to `-n`, formatted. */
export interface Pipeline {
  batch(origin: Origin, batch: RecordBatch): Rendered;
  items(items: readonly Item[]): Rendered;
  /** The parts of a record that stands for itself: a line of a dump. */
  record(record: StreamRecord): Rendered;
  /** `-n` records have been printed. */
  readonly isFull: boolean;
  /** Oddities by name, for the statistics. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Of the record that an earlier run was stopped in, the part up to which it is printed. */
export type Resumed = (origin: Origin, sequence: string) => number | undefined;

const recordOf = ({ origin, batch, at }: Item): StreamRecord => ({ ...recordAt(batch, at), ...origin, sub: null, explicitHashKey: null });

/** Whether a record of the batch begins as the KPL's aggregated ones do. */
function hasMagic(batch: RecordBatch): boolean {
  const { bytes, length, ends } = batch;
  for (let at = 0, start = 0; at < length; start = ends[at++] ?? 0) {
    if (bytes[start] === magic[0] && bytes[start + 1] === magic[1] && bytes[start + 2] === magic[2] && bytes[start + 3] === magic[3])
      return true;
  }
  return false;
}

/** The pipeline that the options describe. Throws usage errors for patterns, clauses and templates that are none. */
export function createPipeline(options: TailOptions, reader: Reader, rules: KplRules, resumed: Resumed): Pipeline {
  const { o: format = "raw", lf, kpl, split, color } = options;
  const passes = compileFilter({
    grep: options.grep,
    grepV: options["grep-v"],
    ignoreCase: options.i,
    key: options.key,
    where: options.where,
  });
  const payload = {
    decode: options.decode ?? (format === "raw" ? "none" : "auto"),
    split,
    maxInflateBytes: options["max-inflate"],
    keepControl: options.verbose,
  } as const;
  const isColoured = color === "always" || (color === "auto" && reader.isTerminal && !reader.env["NO_COLOR"]);
  const counts: Record<string, number> = {};
  const count = (name: PayloadCounter | KplCounter | "template_failed"): void => void (counts[name] = (counts[name] ?? 0) + 1);
  const append = createFormatter({
    format,
    lf,
    zone: reader.zone,
    isColoured,
    isTerminal: reader.isTerminal,
    template: options.template,
    failed(problem) {
      count("template_failed");
      if (counts["template_failed"] === 1) reader.warn(problem);
    },
  });
  const isPlain = payload.decode === "none" && split === undefined;
  /** Payloads go out as they come, if none is aggregated: no record has to be looked at. */
  const isVerbatim = isPlain && format === "raw" && !lf && passes === undefined && options.n === undefined;
  let left = options.n ?? Number.POSITIVE_INFINITY;
  let printed = 0;

  /** What is printed, or left out, one by one of a record: user records, log events, split values. */
  const partsOf = (record: StreamRecord): readonly StreamRecord[] => {
    const users = kpl ? unpack(record, rules, count) : [record];
    return isPlain ? users : users.flatMap((user) => decodePayload(user, payload, count));
  };

  const print = (part: StreamRecord, chunks: Uint8Array[]): void => {
    const before = chunks.length;
    append(part, chunks);
    if (chunks.length === before) return;
    left--;
    printed++;
  };

  const render = (records: Iterable<StreamRecord>): Rendered => {
    const chunks: Uint8Array[] = [];
    const before = printed;
    const result = (whole: number, sub: number | null): Rendered => ({
      bytes: chunks.length === 1 ? (chunks[0] ?? new Uint8Array()) : Buffer.concat(chunks),
      printed: printed - before,
      whole,
      sub,
    });
    let whole = 0;
    for (const record of records) {
      const printedBefore = resumed(record, record.sequence) ?? -1;
      for (const [at, part] of partsOf(record).entries()) {
        if (at <= printedBefore) continue;
        if (left <= 0) return result(whole, at === 0 ? null : at - 1);
        if (passes === undefined || passes(part)) print(part, chunks);
      }
      whole++;
    }
    return result(whole, null);
  };

  return {
    counts,
    get isFull() {
      return left <= 0;
    },
    batch(origin, batch) {
      if (isVerbatim && !(kpl && hasMagic(batch))) return { bytes: batch.bytes, printed: batch.length, whole: batch.length, sub: null };
      return render(Array.from({ length: batch.length }, (_, at) => recordOf({ origin, batch, at })));
    },
    items: (items) => render(items.map(recordOf)),
    record: (record) => render([record]),
  };
}
