import type { Context } from "@sukima/core";
import { pick, type RecordBatch } from "./batch.ts";
import { createBudget } from "./budget.ts";
import { addListed, isComplete, type ListedShard } from "./lineage.ts";
import { type Page, type StreamPort, Trouble } from "./port.ts";
import { isWanted, type Range } from "./range.ts";
import { nextShard, type Position, type Shard, type ShardEvent, type Step } from "./shard.ts";

export interface TailSettings {
  readonly range: Range;
  /** Which of the shards that follow one are read too. */
  readonly children: (children: readonly ListedShard[]) => readonly ListedShard[];
  /** Where shards without a known parent begin. */
  readonly roots: Position;
  /** GetRecords calls a second and shard; the service allows five, shared with everyone who polls. */
  readonly maxTps: number;
  /** Bytes a second and shard. */
  readonly maxRate: number;
  /** Calls under way at once. */
  readonly concurrency: number;
  /** Records asked for in one call. */
  readonly limit: number;
}

/** Told as it happens. `records` are those of the range, in the shard's order; the loop goes on when the returned promise resolves. */
export interface TailListener {
  records(shard: string, records: RecordBatch): Promise<void> | void;
  gap(shard: string): void;
  trouble(shard: string, trouble: Trouble): void;
  /** An open shard that no parent had told of was found by looking. */
  stray(shard: string): void;
}

/** Shards that could not be read to their end. */
export interface TailResult {
  readonly failed: readonly string[];
}

const lookEveryMs = 60_000;

/** At most `limit` tasks at once, in the order in which they came. */
function createGate(limit: number): <T>(task: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    try {
      return await task();
    } finally {
      running--;
      waiting.shift()?.();
    }
  };
}

/**
 * Read shards and what they split and merge into until all are complete. Each shard has one call under way at the most; decisions are those of `nextShard` and `addListed`.
 * Rejects with `ToolError` for what ends the whole run, and with the reason of `ctx.signal`.
 */
export async function tail(
  port: StreamPort,
  listed: readonly ListedShard[],
  settings: TailSettings,
  listener: TailListener,
  ctx: Context,
): Promise<TailResult> {
  const { range, roots, maxTps, maxRate, concurrency, limit } = settings;
  const { clock, random, signal } = ctx;
  const gate = createGate(concurrency);
  let shards = new Map<string, Shard>();
  const begun = new Set<string>();
  const { promise: over, resolve: finish, reject: fail } = Promise.withResolvers<void>();

  const put = (shard: Shard): void => void shards.set(shard.id, shard);
  const admit = (more: readonly ListedShard[]): void => {
    shards = addListed(shards, more, roots);
    for (const { id, phase } of shards.values()) {
      if (phase !== "reading" || begun.has(id)) continue;
      begun.add(id);
      read(id).then(() => admit([]), fail);
    }
    if (isComplete(shards)) finish();
  };
  // More open shards poll less often each, so that a large idle stream costs little.
  const maxIdleMs = (): number => (begun.size > 50 ? 2000 : 1000);

  const attempt = async (shard: Shard): Promise<{ readonly event: ShardEvent; readonly page?: Page }> => {
    try {
      if (shard.iterator === undefined) {
        return { event: { kind: "iterator", iterator: await gate(() => port.iterator(shard.id, shard.position, signal)) } };
      }
      const { iterator } = shard;
      const call = (): Promise<Page> => port.records(iterator, limit, signal);
      const page = port.pushes === true ? await call() : await gate(call);
      const { next, behindMs, serverMs, records } = page;
      const lastSequence = page.continuation ?? (records.length === 0 ? undefined : records.sequence(records.length - 1));
      return { page, event: { kind: "page", next, behindMs, serverMs, lastSequence, arrivals: records.arrivedAtMs } };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Trouble)) throw error;
      listener.trouble(shard.id, error);
      return { event: { kind: error.kind } };
    }
  };

  async function read(id: string): Promise<void> {
    const calls = createBudget(clock, maxTps, 1);
    const bytes = createBudget(clock, maxRate, maxRate);
    for (let shard = shards.get(id); shard?.phase === "reading"; shard = shards.get(id)) {
      if (shard.iterator !== undefined && port.pushes !== true) await pass(calls.take(1));
      const { event, page } = await attempt(shard);
      const step = nextShard(shard, event, range, maxIdleMs(), random());
      if (page !== undefined) await deliver(id, page);
      put(step.shard);
      await settle(step, page, bytes.take(page?.records.bytes.length ?? 0));
    }
  }

  const pass = async (ms: number): Promise<void> => {
    if (ms > 0) await clock.sleep(ms, signal);
  };

  const deliver = async (id: string, { records }: Page): Promise<void> => {
    const wanted = pick(records, (arrivedAtMs) => isWanted(range, arrivedAtMs));
    if (wanted.length > 0) await listener.records(id, wanted);
  };

  const settle = async ({ shard, pause, gap }: Step, page: Page | undefined, bytesMs: number): Promise<void> => {
    if (gap) listener.gap(shard.id);
    if (page !== undefined && page.next === undefined) {
      const children = page.children ?? (await listChildren(shard.id));
      admit(settings.children(children));
    }
    const isPaced = port.pushes !== true || page === undefined;
    if (shard.phase === "reading" && isPaced) await pass(Math.max(pause.ms, bytesMs));
  };

  /** Emulators leave the children out of a shard's last answer. */
  const listChildren = async (id: string): Promise<ListedShard[]> => {
    const after = await port.list({ kind: "after", shard: id }, signal);
    return after.filter(({ parents }) => parents.includes(id));
  };

  let cancel = (): void => {};
  /** A stream that is followed for days is listed now and then: no open shard may be missing, whatever was missed on the way to it. */
  const lookLater = (): void => {
    if (!signal.aborted) cancel = clock.after(lookEveryMs, () => void look().finally(lookLater));
  };
  const look = async (): Promise<void> => {
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
  }
  return { failed: [...shards.values()].flatMap(({ id, phase }) => (phase === "failed" ? id : [])) };
}
