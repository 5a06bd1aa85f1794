import type { Env } from "@sukima/core";
import { compileFilter } from "../filter/record-filter.ts";
import { createFormatter } from "../output/formatter.ts";
import { decodePayload, defaultMaxInflateBytes, type PayloadCounter } from "../payload/decode-payload.ts";
import type { StreamRecord } from "../record.ts";
import type { TailOptions } from "./options.ts";
import { type KplCounter, unpack } from "./unpack.ts";

/** Where output goes and whose eyes read it. */
export interface Reader {
  readonly isTerminal: boolean;
  readonly zone: string;
  readonly env: Env;
}

/** Records on their way from a page to bytes: unpacked, decoded, filtered, counted down to `-n`, formatted. */
export interface Pipeline {
  /** Bytes of what is to be printed of some records, one write for all of them; undefined for nothing. */
  print(records: readonly StreamRecord[]): Uint8Array | undefined;
  /** `-n` records have been printed. */
  readonly isFull: boolean;
  /** Oddities by name, for the statistics. */
  readonly counts: Readonly<Record<string, number>>;
}

/** The pipeline that the options describe. Throws usage errors for patterns and clauses that are none. */
export function createPipeline(options: TailOptions, reader: Reader): Pipeline {
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
    maxInflateBytes: defaultMaxInflateBytes,
    keepControl: false,
  } as const;
  const isColoured = color === "always" || (color === "auto" && reader.isTerminal && !reader.env["NO_COLOR"]);
  const append = createFormatter({ format, lf, zone: reader.zone, isColoured, isTerminal: reader.isTerminal });
  const counts: Record<string, number> = {};
  const count = (name: PayloadCounter | KplCounter): void => void (counts[name] = (counts[name] ?? 0) + 1);
  const isPlain = payload.decode === "none" && split === undefined;
  let left = options.n ?? Number.POSITIVE_INFINITY;
  return {
    counts,
    get isFull() {
      return left <= 0;
    },
    print(records) {
      const chunks: Uint8Array[] = [];
      for (const record of records) {
        for (const user of kpl ? unpack(record, count) : [record]) {
          for (const part of isPlain ? [user] : decodePayload(user, payload, count)) {
            if (left <= 0 || (passes !== undefined && !passes(part))) continue;
            left--;
            append(part, chunks);
          }
        }
      }
      return chunks.length === 0 ? undefined : Buffer.concat(chunks);
    },
  };
}
