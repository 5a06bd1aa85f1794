import type { Decoding, StreamRecord } from "../record.ts";
import { unbase64 } from "./base64.ts";
import { gunzip, isGzip } from "./gzip.ts";
import { splitLines, splitValues } from "./json-split.ts";
import { Undecodable } from "./limits.ts";
import { parseEnvelope } from "./log-envelope.ts";
import { unzstd } from "./zstd.ts";
import { isZstd } from "./zstd-frame.ts";

export interface PayloadSettings {
  /** `auto` takes off gzip, zstd and the CloudWatch envelope; `base64` takes that off first. */
  readonly decode: "auto" | "none" | "base64";
  /** One record for each JSON value of the payload. */
  readonly split?: "ndjson" | "json" | undefined;
  /** No payload is inflated beyond this. */
  readonly maxInflateBytes: number;
  /** Keep the messages by which CloudWatch Logs checks the stream. */
  readonly keepControl: boolean;
}

/** What the statistics count. In the first three cases the original bytes are handed on. */
export type PayloadCounter = "decode_failed" | "decode_too_large" | "split_failed" | "control_dropped";

export const defaultMaxInflateBytes = 64 * 1024 * 1024;

/**
 * The records that a record holds: itself as a rule, several for a log message or a split payload, none for a dropped control message.
 * A payload that cannot be decoded, or not be split, stays whole as it was and is counted. Never throws.
 */
export function decodePayload(
  record: StreamRecord,
  settings: PayloadSettings,
  count: (counter: PayloadCounter) => void,
): readonly StreamRecord[] {
  const decoded = settings.decode === "none" ? [record] : decode(record, settings, count);
  const { split } = settings;
  return split === undefined ? decoded : decoded.flatMap((part) => splitRecord(part, split, count));
}

function decode(record: StreamRecord, settings: PayloadSettings, count: (counter: PayloadCounter) => void): readonly StreamRecord[] {
  try {
    return openEnvelope(inflate(record, settings), settings, count);
  } catch (error) {
    if (!(error instanceof Undecodable)) throw error;
    count(error.counter);
    return [record];
  }
}

const without = (record: StreamRecord, step: Decoding, data: Uint8Array): StreamRecord => ({
  ...record,
  data,
  decoded: [...(record.decoded ?? []), step],
});

function inflate(wrapped: StreamRecord, { decode, maxInflateBytes }: PayloadSettings): StreamRecord {
  const record = decode === "base64" ? without(wrapped, "base64", unbase64(wrapped.data)) : wrapped;
  if (isGzip(record.data)) return without(record, "gzip", gunzip(record.data, maxInflateBytes));
  if (isZstd(record.data)) return without(record, "zstd", unzstd(record.data, maxInflateBytes));
  return record;
}

function openEnvelope(record: StreamRecord, { keepControl }: PayloadSettings, count: (counter: PayloadCounter) => void): StreamRecord[] {
  const envelope = parseEnvelope(record.data);
  if (envelope === undefined) return [record];
  if (envelope.kind === "data") {
    return envelope.events.map(({ origin, message }) => ({ ...without(record, "cloudwatch", Buffer.from(message)), log: origin }));
  }
  if (keepControl) return [record];
  count("control_dropped");
  return [];
}

function splitRecord(record: StreamRecord, split: "ndjson" | "json", count: (counter: PayloadCounter) => void): StreamRecord[] {
  const values = split === "ndjson" ? splitLines(record.data) : splitValues(record.data);
  if (values === undefined) {
    count("split_failed");
    return [record];
  }
  return values.map((data) => ({ ...record, data }));
}
