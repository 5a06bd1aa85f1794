import type { Stream, Shard } from "./stream-store.ts";

/** Limits of one shard (model texts of GetRecords, GetShardIterator and PutRecords; "MB" of the write limit read as MiB). */
const CALLS_PER_SECOND = 5;
export const READ_BYTES_PER_SECOND = 2 * 1024 * 1024;
const WRITE_BYTES_PER_SECOND = 1024 * 1024;
const WRITE_RECORDS_PER_SECOND = 1000;
/** The most that one GetRecords call returns, and how long such a call keeps the shard from answering. */
export const PAGE_BYTES = 10 * 1024 * 1024;
const FULL_PAGE_PAUSE_MS = 5000;
/** Dry runs of one stream (Developer Guide, "Test your permissions and request inputs with dry run"). */
export const DRY_RUNS_PER_SECOND = 1;

/** A budget that refills with the world's clock and may be overdrawn. */
export interface Meter {
  /** Add what the time has brought and return the balance. */
  balance(now: number): number;
  spend(amount: number): void;
  readonly size: number;
}

/** What a shard has left of each of its limits. */
export interface ShardMeters {
  readonly reads: Meter;
  readonly readBytes: Meter;
  readonly iterators: Meter;
  readonly writes: Meter;
  readonly writeBytes: Meter;
  /** Until when a full page keeps the shard from answering. */
  pausedUntil: number;
}

export const createShardMeters = (now: number): ShardMeters => ({
  reads: createMeter(CALLS_PER_SECOND, now),
  readBytes: createMeter(READ_BYTES_PER_SECOND, now),
  iterators: createMeter(CALLS_PER_SECOND, now),
  writes: createMeter(WRITE_RECORDS_PER_SECOND, now),
  writeBytes: createMeter(WRITE_BYTES_PER_SECOND, now),
  pausedUntil: 0,
});

/** A meter starts full, with a second's worth. */
export function createMeter(perSecond: number, start: number): Meter {
  let left = perSecond;
  let filledAt = start;
  return {
    size: perSecond,
    balance(now) {
      left = Math.min(perSecond, left + ((now - filledAt) / 1000) * perSecond);
      filledAt = now;
      return left;
    },
    spend: (amount) => void (left -= amount),
  };
}

/** Whether a GetRecords call may go through; one that may is counted. Refused calls cost nothing (a guess). */
export function admitRead({ hasLimits }: Stream, { meters }: Shard, now: number): boolean {
  if (!hasLimits) return true;
  if (now < meters.pausedUntil || meters.readBytes.balance(now) < 0 || meters.reads.balance(now) < 1) return false;
  meters.reads.spend(1);
  return true;
}

/** Count what a GetRecords call returned. An overdrawn budget refuses calls until it has recovered, a full page for five seconds. */
export function countRead({ meters }: Shard, bytes: number, isFull: boolean, now: number): void {
  meters.readBytes.spend(bytes);
  if (isFull) meters.pausedUntil = now + FULL_PAGE_PAUSE_MS;
}

export function admitIterator({ hasLimits }: Stream, { meters }: Shard, now: number): boolean {
  if (!hasLimits) return true;
  if (meters.iterators.balance(now) < 1) return false;
  meters.iterators.spend(1);
  return true;
}

/** Whether a shard takes a record of so many bytes now. One that is larger than a second's worth needs a full budget and overdraws it (a guess). */
export function admitWrite({ hasLimits }: Stream, { meters }: Shard, bytes: number, now: number): boolean {
  if (!hasLimits) return true;
  const { writes, writeBytes } = meters;
  if (writes.balance(now) < 1 || writeBytes.balance(now) < Math.min(bytes, writeBytes.size)) return false;
  writes.spend(1);
  writeBytes.spend(bytes);
  return true;
}
