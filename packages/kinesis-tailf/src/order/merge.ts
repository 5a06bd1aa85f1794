import type { Clock } from "@sukima/core";
import type { RecordBatch } from "../loop/batch.ts";
import { keyOf, type Origin } from "../print/origin.ts";
import type { MergedRecord } from "./lane.ts";
import { dueAtMs, type MergeEvent, newMerging, nextMerging } from "./merging.ts";
import { PageProgress } from "./page-progress.ts";

/** How far the output has taken records, when it was full at some point. */
export interface Taken {
  /** So many of them whole, from the first on. */
  readonly whole: number;
  /** Of the next one the parts up to this one; null when nothing of it. */
  readonly sub: number | null;
}

export interface MergeSettings {
  /** How long a record waits at the most for shards that are behind, while nothing is being printed; undefined for as long as it takes. */
  readonly windowMs: number | undefined;
  /** Print records in this order; gives how far that went. It is not called again before that. */
  print(records: readonly MergedRecord[]): Promise<Taken>;
  /** Records went out though this shard is behind. Told again only when it has caught up in between. */
  stalled(origin: Origin): void;
}

/** The last record of a shard before which nothing of that shard is left to print. */
interface AcceptedRecord {
  readonly sequence: string;
  /** The part of it up to which it is printed; null when that is all of it. */
  readonly sub: number | null;
  readonly arrivedAtMs: number;
}

/** Records of many shards in the order of their arrival. */
export interface Merge {
  /** A shard is read from now on, and is waited for. Its parents are done after that, or others go on without it. */
  begin(origin: Origin): void;
  /** Records that a shard gave, in its order. Resolves when the last of them is printed, and the shard may be read on; rejects with what `print` failed of. After `flush` nothing is taken. */
  records(origin: Origin, batch: RecordBatch): Promise<void>;
  /** A shard has given whatever arrived before this moment, in milliseconds since 1970. To be told behind the records of that answer, and for the last answer of a closed shard behind the beginning of its children. */
  position(origin: Origin, ms: number): void;
  /** A shard is drained or failed: nobody waits for it. */
  done(origin: Origin): void;
  /** Where a shard can be resumed without loss; undefined before its first record is printed. */
  accepted(origin: Origin): AcceptedRecord | undefined;
  /** Print what is held, for nobody waits any more. Resolves when it is printed; rejects with what `print` failed of. No timer is left. */
  flush(): Promise<void>;
}

interface WaitingPage {
  readonly origin: Origin;
  readonly progress: PageProgress;
  resolve(): void;
  reject(reason: unknown): void;
}

/** A merge that decides by `nextMerging`. It holds what the shards gave and nothing of it is copied. */
export function createMerge({ windowMs, print, stalled }: MergeSettings, clock: Pick<Clock, "elapsedMs" | "after">): Merge {
  let merging = newMerging(windowMs);
  let queue: MergedRecord[] = [];
  let printing: Promise<void> | undefined;
  let failure: { readonly reason: unknown } | undefined;
  let isClosed = false;
  let cancel = (): void => {};
  const pages = new Map<RecordBatch, WaitingPage>();
  const accepted = new Map<string, AcceptedRecord>();

  // A window measures how late a shard is. While the reader of the output makes everything wait no shard can be late, so that time does not count.
  let printedMs = 0;
  let printingSinceMs: number | undefined;
  const waitedMs = (): number => (printingSinceMs ?? clock.elapsedMs()) - printedMs;

  const act = (event: MergeEvent): void => {
    if (failure !== undefined) return;
    cancel();
    const step = nextMerging(merging, event, waitedMs());
    merging = step.merging;
    if (step.release.length > 0) queue = queue.concat(step.release);
    for (const origin of step.stalled) stalled(origin);
    if (queue.length > 0) printing ??= Promise.resolve().then(printAll);
    else wakeLater();
  };

  const wakeLater = (): void => {
    const dueMs = dueAtMs(merging);
    if (dueMs !== undefined && printing === undefined) cancel = clock.after(Math.max(0, dueMs - waitedMs()), () => act({ kind: "tick" }));
  };

  const printAll = async (): Promise<void> => {
    while (queue.length > 0) {
      const records = queue;
      queue = [];
      const sinceMs = clock.elapsedMs();
      printingSinceMs = sinceMs;
      try {
        settle(records, await print(records));
      } catch (reason) {
        fail(reason);
      }
      printedMs += clock.elapsedMs() - sinceMs;
      printingSinceMs = undefined;
    }
    printing = undefined;
    if (failure === undefined) wakeLater();
  };

  const settle = (records: readonly MergedRecord[], { whole, sub }: Taken): void => {
    for (const [place, { batch, at }] of records.entries()) pages.get(batch)?.progress.settle(at, place < whole);
    const cut = sub === null ? undefined : records[whole];
    for (const batch of new Set(records.map((record) => record.batch))) {
      const page = pages.get(batch);
      if (page === undefined) continue;
      const { prefix, isSettled } = page.progress;
      if (cut?.batch === batch && cut.at === prefix) accept(page.origin, batch, prefix, sub);
      else if (prefix > 0) accept(page.origin, batch, prefix - 1, null);
      if (!isSettled) continue;
      pages.delete(batch);
      page.resolve();
    }
  };

  const accept = (origin: Origin, batch: RecordBatch, at: number, sub: number | null): void => {
    const key = keyOf(origin);
    // The output was full then, and takes nothing more.
    if ((accepted.get(key)?.sub ?? null) !== null) return;
    accepted.set(key, { sequence: batch.sequence(at), sub, arrivedAtMs: batch.arrivedAtMs[at] ?? 0 });
  };

  const fail = (reason: unknown): void => {
    failure = { reason };
    queue = [];
    for (const page of pages.values()) page.reject(reason);
    pages.clear();
  };

  return {
    begin: (origin) => act({ kind: "begin", origin }),
    async records(origin, batch) {
      if (failure !== undefined) throw failure.reason;
      if (isClosed || batch.length === 0) return;
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      pages.set(batch, { origin, progress: new PageProgress(batch.length), resolve, reject });
      act({ kind: "page", origin, batch });
      await promise;
    },
    position: (origin, ms) => act({ kind: "position", origin, ms }),
    done: (origin) => act({ kind: "done", origin }),
    accepted: (origin) => accepted.get(keyOf(origin)),
    async flush() {
      isClosed = true;
      act({ kind: "flush" });
      await printing;
      if (failure !== undefined) throw failure.reason;
    },
  };
}
