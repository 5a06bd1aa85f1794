import type { Context } from "@sukima/core";
import { ancestryOf, type Complete } from "./ancestry.ts";
import type { FetchedRecord, RecordBatch } from "./batch.ts";
import { createGate, createRoom } from "./gate.ts";
import { addListed, isComplete, type ListedShard, type Start } from "./lineage.ts";
import { Load } from "./load.ts";
import type { Page, StreamPort, Trouble } from "./port.ts";
import type { Range } from "./range.ts";
import type { Shard } from "./shard.ts";
import type { Allowance } from "./shard-pace.ts";
import { readShard, type ShardReading } from "./shard-reader.ts";
import { stopTogether } from "./stop-together.ts";

export interface TailSettings extends Allowance {
  readonly range: Range;
  /** Which of the shards that follow one are read too. */
  readonly children: (children: readonly ListedShard[]) => readonly ListedShard[];
  /** An open shard that follows none of them is read too when it is found. */
  readonly strays: boolean;
  readonly start: Start;
  /** Calls under way at once. */
  readonly concurrency: number;
  /** Bytes of pages that are held at once. */
  readonly memory: number;
  /** Longest pause of a shard at its tip, in milliseconds; undefined for what costs a large idle stream little. */
  readonly maxIdleMs?: number | undefined;
  /** The listener holds pages back until others have come: no page may wait for their room. */
  readonly holds: boolean;
}

/** Told as it happens. */
export interface TailListener {
  /** A shard is read from now on. */
  begin(shard: string): void;
  /** Records of the range, in the shard's order; the shard is read on when the returned promise resolves. */
  records(shard: string, records: RecordBatch): Promise<void> | void;
  /** A page held a record that arrived after the end of the range, and what was wanted of it has been taken; `before` is the record in front of that one in the page. */
  pastEnd(shard: string, before: Pick<FetchedRecord, "sequence" | "arrivedAtMs"> | undefined): void;
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
/** What is being printed when a run ends may go on for so long. */
export const flushMs = 2000;

/** More open shards poll less often each, so that a large idle stream costs little. */
const manyShards = 50;
const idleMs = { few: 1000, many: 2000 };

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
  const { range, start, children, strays } = settings;
  const { clock, signal } = ctx;
  const failed: FailedShard[] = [];
  const begun = new Set<string>();
  const loops: Promise<void>[] = [];
  const load = new Load(settings.memory);
  const stop = stopTogether();
  let shards = new Map<string, Shard>();
  const { promise: over, resolve: finish, reject } = Promise.withResolvers<void>();
  /** What ends one shard's reading for good ends the others. */
  const fail = (reason: unknown): void => {
    stop.abort(reason);
    reject(reason);
  };
  // Not left to the shards: those that wait for the reader of the output hear nothing.
  const heed = (): void => fail(signal.reason);
  signal.addEventListener("abort", heed, { once: true });
  if (signal.aborted) heed();

  const admit = (more: readonly ListedShard[]): void => {
    shards = addListed(shards, more, start);
    for (const shard of shards.values()) {
      if (shard.phase !== "reading" || begun.has(shard.id)) continue;
      begun.add(shard.id);
      load.begin(shard.id);
      listener.begin(shard.id);
      const loop = readShard(shard, reading, stop.signal());
      loops.push(loop);
      loop.catch(fail);
    }
    if (isComplete(shards)) finish();
  };
  const ancestry = ancestryOf((id) => shards.has(id));
  const complete: Complete = (wanted, list) => ancestry(wanted, async () => children(await list()));
  const reading: ShardReading = {
    port,
    settings,
    listener,
    ctx,
    load,
    gate: createGate(settings.concurrency),
    room: createRoom(settings.holds ? Number.POSITIVE_INFINITY : settings.memory),
    maxIdleMs: () => Math.min(settings.maxIdleMs ?? Number.POSITIVE_INFINITY, begun.size > manyShards ? idleMs.many : idleMs.few),
    complete,
    moved(shard, followers) {
      shards.set(shard.id, shard);
      if (shard.phase === "reading") return;
      load.end(shard.id);
      admit(followers);
    },
    failed: (id, cause) => void failed.push({ id, cause }),
  };

  let cancel = (): void => {};
  /** A stream that is followed for days is listed now and then: no open shard may be missing, whatever was missed on the way to it. */
  const lookLater = (): void => {
    if (!signal.aborted) cancel = clock.after(lookEveryMs, () => void look().then(lookLater, fail));
  };
  const look = async (): Promise<void> => {
    await listener.look();
    const list = (kind: "latest" | "horizon"): Promise<ListedShard[]> => port.list({ kind }, signal);
    const open = await list("latest").catch(() => []);
    const unread = children(open).filter(({ id }) => !shards.has(id));
    const found = await complete(unread, () => list("horizon")).catch(() => []);
    const family = new Set([...shards.keys(), ...found.map(({ id }) => id)]);
    const isStray = ({ parents }: ListedShard): boolean => !parents.some((parent) => family.has(parent));
    const taken = found.filter((shard) => strays || !isStray(shard));
    for (const shard of taken) if (isStray(shard)) listener.stray(shard.id);
    admit(taken);
  };

  admit(listed);
  if (range.endMs === undefined && range.toTip !== true) lookLater();
  try {
    await over;
  } finally {
    cancel();
    // What is being printed still counts, but a reader that has stopped reading holds nobody up for ever.
    const { promise: patience, resolve: losePatience } = Promise.withResolvers<void>();
    const keepPatience = clock.after(flushMs, losePatience);
    await Promise.race([Promise.allSettled(loops), patience]);
    keepPatience();
    signal.removeEventListener("abort", heed);
  }
  return failed;
}
