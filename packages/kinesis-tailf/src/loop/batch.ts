/** A record as the stream holds it, before anything is unpacked. */
export interface FetchedRecord {
  readonly sequence: string;
  readonly key: string;
  /** ApproximateArrivalTimestamp, milliseconds since the epoch. */
  readonly arrivedAtMs: number;
  readonly data: Uint8Array;
}

/** The records of one answer, in the shard's order and side by side: nothing is made for a record until somebody asks for it. */
export interface RecordBatch {
  readonly length: number;
  /** Payloads, one behind the other. Record `at` has those from `ends[at - 1]` (0 for the first) to `ends[at]`. */
  readonly bytes: Uint8Array;
  readonly ends: ArrayLike<number>;
  /** Bytes of all payloads and partition keys, as the service counts them for its limits. */
  readonly size: number;
  /** ApproximateArrivalTimestamp of each, milliseconds since the epoch. */
  readonly arrivedAtMs: ArrayLike<number>;
  sequence(at: number): string;
  key(at: number): string;
}

/** Records as a batch; their payloads are copied. */
export function batchOf(records: readonly FetchedRecord[]): RecordBatch {
  let end = 0;
  const bytes = Buffer.concat(records.map(({ data }) => data));
  return {
    length: records.length,
    bytes,
    size: records.reduce((sum, { key }) => sum + Buffer.byteLength(key), bytes.length),
    ends: records.map(({ data }) => (end += data.length)),
    arrivedAtMs: records.map(({ arrivedAtMs }) => arrivedAtMs),
    sequence: (at) => records[at]?.sequence ?? "",
    key: (at) => records[at]?.key ?? "",
  };
}

const startOf = ({ ends }: RecordBatch, at: number): number => (at === 0 ? 0 : (ends[at - 1] ?? 0));

/** One record of a batch; its payload is a view. */
export const recordAt = (batch: RecordBatch, at: number): FetchedRecord => ({
  sequence: batch.sequence(at),
  key: batch.key(at),
  arrivedAtMs: batch.arrivedAtMs[at] ?? Number.NaN,
  data: batch.bytes.subarray(startOf(batch, at), batch.ends[at]),
});

export const recordsOf = (batch: RecordBatch): FetchedRecord[] => Array.from({ length: batch.length }, (_, at) => recordAt(batch, at));

/** The records that arrived when `isWanted` says so; the batch itself when those are all. */
export function pick(batch: RecordBatch, isWanted: (arrivedAtMs: number) => boolean): RecordBatch {
  const { length, arrivedAtMs } = batch;
  let kept = 0;
  for (let at = 0; at < length; at++) if (isWanted(arrivedAtMs[at] ?? Number.NaN)) kept++;
  return kept === length ? batch : batchOf(recordsOf(batch).filter((record) => isWanted(record.arrivedAtMs)));
}
