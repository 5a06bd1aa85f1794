import type { Context } from "@sukima/core";
import { backoffMs } from "../aws/backoff.ts";
import { pick, type RecordBatch } from "./batch.ts";
import { createGate, createRoom } from "./gate.ts";
import { addListed, isComplete, type ListedShard, type Start } from "./lineage.ts";
import { pageLimit } from "./pace.ts";
import { type Page, type StreamPort, Trouble } from "./port.ts";
import { isWanted, type Range } from "./range.ts";
import { nextShard, type Shard, type ShardEvent } from "./shard.ts";
import { type Allowance, createPace } from "./shard-pace.ts";

export interface TailSettings extends Allowance {
  readonly range: Range;
  /** Which of the shards that follow one are read too. */
  readonly children: (children: readonly ListedShard[]) => readonly ListedShard[];
  readonly start: Start;
  /** Calls under way at once. */
  readonly concurrency: number;
  /** Bytes of pages that are held at once. */
  readonly memory: number;
  /** The listener holds pages back until others have come: no page may wait for their room. */
  readonly holds: boolean;
}

/** Told as it happens. */
export interface TailListener {
  /** A shard is read from now on. */
  begin(shard: string): void;
  /** Records of the range, in the shard's order; the shard is read on when the returned promise resolves. */
  records(shard: string, records: RecordBatch): Promise<void> | void;
  /** What a shard has become after a call; the records of its page have been taken. */
  progress(shard: Shard, page: Page | undefined): void;
  /** Records between two instants (ms) were lost to retention; the first is undefined when nothing had been read before. */
  gap(shard: string, fromMs: number | undefined, toMs: number): void;
  /** A call failed. What it throws ends the run. */
  trouble(shard: string, trouble: Trouble): void;
  /** An open shard that no parent had told of was found by looking. */
  stray(shard: string): void;
  /** The stream was listed again, as it is every minute. What it throws ends the run. */
  look(): Promise<void>;
}

/** A shard that could not be read to its end, and what it was refused for. */
export interface FailedShard {
  readonly id: string;
  readonly cause: unknown;
}

const lookEveryMs = 60_000;
const longestWaitMs = 10_000;
const flushMs = 2000;

/**
 * Read shards and what they split and merge into until all are complete; gives those that could not be read to their end. Each shard has one call under way at the most;
 * decisions are those of `nextShard` and `addListed`. Rejects with `ToolError` for what ends the whole run, and with the reason of `ctx.signal`.
 */
export async function tail(
  port: StreamPort,
  listed: readonly ListedShard[],
  settings: TailSettings,
  listener: TailListener,
  ctx: Context,
): Promise<readonly FailedShard[]> {
  const { range, start, concurrency, memory } = settings;
  const { clock, random, signal } = ctx;
  const gate = createGate(concurrency);
  const room = createRoom(settings.holds ? Number.POSITIVE_INFINITY : memory);
  const active = new Set<string>();
  const failed: FailedShard[] = [];
  let bytesPerRecord = 1024;
  let shards = new Map<string, Shard>();
  const begun = new Set<string>();
  const loops: Promise<void>[] = [];
  const { promise: over, resolve: finish, reject: fail } = Promise.withResolvers<void>();

  const admit = (more: readonly ListedShard[]): void => {
    shards = addListed(shards, more, start);
    for (const { id, phase } of shards.values()) {
      if (phase !== "reading" || begun.has(id)) continue;
      begun.add(id);
      active.add(id);
      listener.begin(id);
      const loop = read(id);
      loops.push(loop);
      loop.then(() => admit([]), fail);
    }
    if (isComplete(shards)) finish();
  };
  // More open shards poll less often each, so that a large idle stream costs little.
  const maxIdleMs = (): number => (begun.size > 50 ? 2000 : 1000);
  const pass = async (ms: number): Promise<void> => {
    if (ms > 0) await clock.sleep(ms, signal);
  };

  const records = async (iterator: string): Promise<Page> => {
    if (port.pushes === true) return port.records(iterator, pageLimit(memory, active.size, bytesPerRecord), signal);
    return gate(async () => {
      await room.free();
      return port.records(iterator, pageLimit(memory, active.size, bytesPerRecord), signal);
    });
  };

  const attempt = async ({ id, iterator, position }: Shard): Promise<{ readonly event: ShardEvent; readonly page?: Page }> => {
    try {
      if (iterator === undefined) return { event: { kind: "iterator", iterator: await gate(() => port.iterator(id, position, signal)) } };
      const page = await records(iterator);
      const { next, behindMs, serverMs, records: batch } = page;
      const lastSequence = page.continuation ?? (batch.length === 0 ? undefined : batch.sequence(batch.length - 1));
      return { page, event: { kind: "page", next, behindMs, serverMs, lastSequence, arrivals: batch.arrivedAtMs } };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Trouble)) throw error;
      listener.trouble(id, error);
      if (error.kind === "refused") failed.push({ id, cause: error.cause });
      return { event: { kind: error.kind } };
    }
  };

  async function read(id: string): Promise<void> {
    const pace = createPace(clock, settings);
    let gapFrom: { readonly ms: number | undefined } | undefined;
    for (let shard = shards.get(id); shard?.phase === "reading"; shard = shards.get(id)) {
      const isPaced = port.pushes !== true;
      if (shard.iterator !== undefined && isPaced) await pass(pace.beforeCall());
      const { event, page } = await attempt(shard);
      const step = nextShard(shard, event, range, maxIdleMs(), random());
      if (step.gap) gapFrom = { ms: shard.positionTimeMs };
      if (page !== undefined) {
        if (gapFrom !== undefined) listener.gap(id, gapFrom.ms, page.records.arrivedAtMs[0] ?? page.serverMs - page.behindMs);
        gapFrom = undefined;
        await deliver(id, page);
        page.release?.();
        if (step.shard.idle > 0) active.delete(id);
        else active.add(id);
      }
      shards.set(id, step.shard);
      if (page !== undefined && page.next === undefined) admit(settings.children(page.children ?? (await listChildren(id))));
      else if (step.shard.phase !== "reading") admit([]);
      // Behind the beginning of its children: nothing may go on without them.
      listener.progress(step.shard, page);
      const bytesMs = pace.afterCall(event, page);
      if (step.shard.phase === "reading" && (isPaced || page === undefined)) await pass(Math.max(step.pause.ms, bytesMs));
    }
    active.delete(id);
    const left = shards.get(id)?.iterator;
    if (left !== undefined) port.release?.(left);
  }

  const deliver = async (id: string, { records: batch }: Page): Promise<void> => {
    const { length } = batch.bytes;
    if (batch.length > 0) bytesPerRecord = Math.max(1, length / batch.length);
    const wanted = pick(batch, (arrivedAtMs) => isWanted(range, arrivedAtMs));
    if (wanted.length === 0) return;
    room.hold(length);
    try {
      await listener.records(id, wanted);
    } finally {
      room.release(length);
    }
  };

  /** Emulators leave the children out of a shard's last answer. */
  const listChildren = async (id: string): Promise<ListedShard[]> => {
    for (let failures = 1; ; failures++) {
      try {
        const after = await port.list({ kind: "after", shard: id }, signal);
        return after.filter(({ parents }) => parents.includes(id));
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof Trouble) || error.kind === "gone") throw error;
        listener.trouble(id, error);
        await pass(backoffMs(failures, longestWaitMs, random()));
      }
    }
  };

  let cancel = (): void => {};
  /** A stream that is followed for days is listed now and then: no open shard may be missing, whatever was missed on the way to it. */
  const lookLater = (): void => {
    if (!signal.aborted) cancel = clock.after(lookEveryMs, () => void look().then(lookLater, fail));
  };
  const look = async (): Promise<void> => {
    await listener.look();
    const open = await port.list({ kind: "latest" }, signal).catch(() => []);
    const found = settings.children(open).filter(({ id }) => !shards.has(id));
    for (const { id, parents } of found) if (!parents.some((parent) => shards.has(parent))) listener.stray(id);
    admit(found);
  };

  admit(listed);
  if (range.endMs === undefined && range.toTip !== true) lookLater();
  try {
    await over;
  } finally {
    cancel();
    // What is being printed still counts, but a reader that has stopped reading holds nobody up for ever.
    const patience = new AbortController();
    await Promise.race([Promise.allSettled(loops), clock.sleep(flushMs, patience.signal).catch(() => {})]);
    patience.abort();
  }
  return failed;
}
