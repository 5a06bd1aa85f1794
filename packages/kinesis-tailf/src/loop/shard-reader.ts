import type { Context } from "@sukima/core";
import { backoffMs } from "../aws/backoff.ts";
import type { Complete } from "./ancestry.ts";
import { pick, recordAt } from "./batch.ts";
import type { createGate, Hold, Room } from "./gate.ts";
import type { ListedShard } from "./lineage.ts";
import type { Load } from "./load.ts";
import type { TailListener, TailSettings } from "./loop.ts";
import { type Page, type ShardFilter, type StreamPort, Trouble } from "./port.ts";
import { firstLate, isWanted } from "./range.ts";
import { nextShard, type Shard, type ShardEvent } from "./shard.ts";
import { createPace } from "./shard-pace.ts";

/** What the readers of all shards share. */
export interface ShardReading {
  readonly port: StreamPort;
  readonly settings: TailSettings;
  readonly listener: TailListener;
  readonly ctx: Pick<Context, "clock" | "random">;
  readonly gate: ReturnType<typeof createGate>;
  readonly room: Room;
  readonly load: Load;
  /** Longest pause at the tip, in milliseconds. */
  maxIdleMs(): number;
  readonly complete: Complete;
  /** The shard has become this, after its records were taken; `followers` are to be read too. */
  moved(shard: Shard, followers: readonly ListedShard[]): void;
  /** The shard is refused for good. */
  failed(id: string, cause: unknown): void;
}

const longestWaitMs = 10_000;

/** Read one shard until it is over: call, decide, deliver, wait. Rejects with what ends the whole run, and with the reason of `signal`. */
export async function readShard(first: Shard, reading: ShardReading, signal: AbortSignal): Promise<void> {
  const { port, settings, listener, ctx, load } = reading;
  const pace = createPace(ctx.clock, settings);
  const isPaced = port.pushes !== true;
  const pass = async (ms: number): Promise<void> => {
    if (ms > 0) await ctx.clock.sleep(ms, signal);
  };
  let gap: { readonly fromMs: number | undefined } | undefined;
  let shard = first;
  while (shard.phase === "reading") {
    if (shard.iterator !== undefined && isPaced) await pass(pace.beforeCall());
    const { event, page, hold } = await attempt(shard, reading, signal);
    pace.afterCall(event, page);
    const step = nextShard(shard, event, settings.range, reading.maxIdleMs(), ctx.random());
    if (step.gap) gap = { fromMs: shard.positionTimeMs };
    if (page !== undefined) {
      if (gap !== undefined) listener.gap(shard.id, gap.fromMs, page.records.arrivedAtMs[0] ?? page.serverMs - page.behindMs);
      gap = undefined;
      load.page(shard.id, page.records, step.shard.idle > 0);
      await deliver(shard.id, page, reading);
      page.release?.();
      hold?.release();
    }
    const isClosed = page !== undefined && page.next === undefined;
    const followers = isClosed ? await followersOf(shard.id, page, reading, signal) : [];
    shard = step.shard;
    reading.moved(shard, followers);
    // Behind the beginning of its children: nothing may go on without them.
    listener.progress(shard, page);
    if (shard.phase === "reading" && (isPaced || page === undefined)) await pass(step.pause.ms);
  }
  if (shard.iterator !== undefined) port.release?.(shard.iterator);
}

interface Attempt {
  readonly event: ShardEvent;
  readonly page?: Page;
  /** Of the page's memory. */
  readonly hold?: Hold | undefined;
}

/** One call for a shard: for an iterator where it has none, else for records. */
async function attempt({ id, iterator, position }: Shard, reading: ShardReading, signal: AbortSignal): Promise<Attempt> {
  const { port, gate, listener } = reading;
  try {
    if (iterator === undefined) return { event: { kind: "iterator", iterator: await gate(() => port.iterator(id, position, signal)) } };
    const { page, hold } = await fetchPage(iterator, reading, signal);
    const { next, behindMs, serverMs, records } = page;
    const lastSequence = page.continuation ?? (records.length === 0 ? undefined : records.sequence(records.length - 1));
    return { page, hold, event: { kind: "page", next, behindMs, serverMs, lastSequence, arrivals: records.arrivedAtMs } };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof Trouble)) throw error;
    listener.trouble(id, error);
    if (error.kind === "refused") reading.failed(id, error.cause);
    return { event: { kind: error.kind } };
  }
}

/** Memory of a page with so many bytes of records: it lies there twice, as the base64 text of the answer and as bytes. */
const memoryOf = (bytes: number): number => Math.ceil((bytes * 7) / 3);

async function fetchPage(
  iterator: string,
  { port, gate, room, load }: ShardReading,
  signal: AbortSignal,
): Promise<{ readonly page: Page; readonly hold?: Hold }> {
  if (port.pushes === true) return { page: await port.records(iterator, load.limit, signal) };
  return gate(async () => {
    const hold = await room.take(memoryOf(load.expectedBytes));
    try {
      const page = await port.records(iterator, load.limit, signal);
      hold.become(memoryOf(page.records.bytes.length));
      return { page, hold };
    } catch (error) {
      hold.release();
      throw error;
    }
  });
}

async function deliver(id: string, { records }: Page, { settings, listener }: ShardReading): Promise<void> {
  const wanted = pick(records, (arrivedAtMs) => isWanted(settings.range, arrivedAtMs));
  if (wanted.length > 0) await listener.records(id, wanted);
  const late = firstLate(records.arrivedAtMs, settings.range);
  if (late !== undefined) listener.pastEnd(id, late === 0 ? undefined : recordAt(records, late - 1));
}

/** What is read after a closed shard, and what of it has to be read before. Emulators leave the children out of a shard's last answer. */
async function followersOf(id: string, { children }: Page, reading: ShardReading, signal: AbortSignal): Promise<readonly ListedShard[]> {
  const list = (filter: ShardFilter): Promise<ListedShard[]> => listPatiently(id, filter, reading, signal);
  const found = children ?? (await list({ kind: "after", shard: id })).filter(({ parents }) => parents.includes(id));
  return reading.complete(reading.settings.children(found), () => list({ kind: "horizon" }));
}

/** Asked until it is answered: without what follows the shard, the rest of the stream would be lost. */
async function listPatiently(
  id: string,
  filter: ShardFilter,
  { port, listener, ctx }: ShardReading,
  signal: AbortSignal,
): Promise<ListedShard[]> {
  for (let failures = 1; ; failures++) {
    try {
      return await port.list(filter, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Trouble) || error.kind === "gone") throw error;
      listener.trouble(id, error);
      await ctx.clock.sleep(backoffMs(failures, longestWaitMs, ctx.random()), signal);
    }
  }
}
