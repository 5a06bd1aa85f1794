import { type Log, ToolError } from "@sukima/core";
import type { CheckpointKeeper } from "../checkpoint/keeper.ts";
import type { PositionTrack } from "../checkpoint/track.ts";
import type { Merge } from "../order/merge.ts";
import type { FetchedRecord, RecordBatch } from "../loop/batch.ts";
import type { TailListener } from "../loop/loop.ts";
import type { Origin } from "../print/origin.ts";
import type { Accepted, Output, PrintedPage } from "../print/output.ts";
import type { Page, Trouble } from "../loop/port.ts";
import type { Shard } from "../loop/shard.ts";
import type { SignIn } from "../service/sign-in.ts";
import type { Statistics } from "./statistics.ts";

/** Where what is read of all streams goes. */
export interface Shared {
  readonly output: Output;
  /** Undefined when records are printed as they come. */
  readonly merge: Merge | undefined;
  readonly stats: Statistics;
  readonly log: Log;
}

/** The checkpoint of a stream. */
export interface Bookkeeping {
  readonly track: PositionTrack;
  readonly keeper: CheckpointKeeper;
}

/** Listens to the reading of one stream: records to the output, positions to the checkpoint, troubles to the log. */
export class FollowedStream implements TailListener {
  readonly #stream: string;
  readonly #shared: Shared;
  readonly #book: Bookkeeping | undefined;
  readonly #signIn: SignIn;
  readonly #startMs: number;
  readonly #isThere: () => Promise<void>;
  /** Shards that have read on beyond what is printed, since `-n` cut a page or the range ended inside of it: their position stays there. */
  readonly #cut = new Set<string>();
  /** A shard was not there any more: trimmed by retention, or gone with the stream. */
  hasLost = false;

  constructor(
    stream: string,
    shared: Shared,
    { book, signIn, startMs, isThere }: { book: Bookkeeping | undefined; signIn: SignIn; startMs: number; isThere: () => Promise<void> },
  ) {
    this.#stream = stream;
    this.#shared = shared;
    this.#book = book;
    this.#signIn = signIn;
    this.#startMs = startMs;
    this.#isThere = isThere;
  }

  #origin(shard: string): Origin {
    return { stream: this.#stream, shard };
  }

  begin(shard: string): void {
    const origin = this.#origin(shard);
    this.#shared.stats.begin(origin);
    this.#shared.merge?.begin(origin);
    this.#book?.track.begin(shard, this.#startMs);
  }

  async records(shard: string, batch: RecordBatch): Promise<void> {
    const { output, merge, stats } = this.#shared;
    const origin = this.#origin(shard);
    stats.fetched += batch.length;
    stats.bytes += batch.bytes.length;
    const { isWhole, last } = merge === undefined ? await output.batch(origin, batch) : await throughMerge(merge, origin, batch);
    if (!isWhole) this.#stayAt(shard, last);
  }

  // Arrival times run backwards now and then: what came in time behind the first late record is printed again by a later run, and no record is left out.
  pastEnd(shard: string, before: Pick<FetchedRecord, "sequence" | "arrivedAtMs"> | undefined): void {
    this.#stayAt(shard, before && { ...before, sub: null });
  }

  /** The shard's position is this one from now on, or the one that it has. */
  #stayAt(shard: string, last: Accepted | undefined): void {
    if (this.#cut.has(shard)) return;
    this.#cut.add(shard);
    if (this.#book === undefined || last === undefined) return;
    this.#book.track.printed(shard, last.sequence, last.sub, last.arrivedAtMs);
    this.#book.keeper.note(this.#book.track.checkpoint);
  }

  progress(shard: Shard, page: Page | undefined): void {
    const { merge, stats } = this.#shared;
    const origin = this.#origin(shard.id);
    if (page !== undefined) {
      stats.pages++;
      stats.behind(origin, page.behindMs);
      this.#signIn.present();
    }
    // A closed shard's children have given nothing yet, so its end is no place that has been read up to.
    if (page?.next !== undefined && shard.positionTimeMs !== undefined) merge?.position(origin, shard.positionTimeMs);
    if (shard.phase === "drained" || shard.phase === "failed") {
      merge?.done(origin);
      stats.done(origin);
    }
    if (this.#book === undefined || this.#cut.has(shard.id)) return;
    this.#book.track.progress(shard);
    this.#book.keeper.note(this.#book.track.checkpoint);
  }

  gap(shard: string, fromMs: number | undefined, toMs: number): void {
    const readMs = fromMs ?? this.#book?.track.readUpToMs(shard);
    const from = readMs === undefined ? {} : { from: new Date(readMs).toISOString() };
    this.#shared.log.warn("records were lost to retention before they could be read", { shard, ...from, to: new Date(toMs).toISOString() });
  }

  stray(shard: string): void {
    this.#shared.log.warn("an open shard had not been told of; it is read from now on", { shard });
  }

  trouble(shard: string, trouble: Trouble): void {
    const { stats, log } = this.#shared;
    const { kind, cause } = trouble;
    if (kind === "throttled") stats.throttled++;
    else stats.retried++;
    if (kind === "gone") this.hasLost = true;
    if (kind === "unsigned") return this.#signIn.missing(trouble, this.#stream);
    if (kind === "refused") log.warn(cause instanceof ToolError ? cause.message : trouble.message, { shard });
    else log.info(trouble.message, { shard, kind });
  }

  look(): Promise<void> {
    return this.#isThere();
  }
}

async function throughMerge(merge: Merge, origin: Origin, batch: RecordBatch): Promise<PrintedPage> {
  await merge.records(origin, batch);
  const accepted = merge.accepted(origin);
  const isWhole = accepted?.sub === null && accepted.sequence === batch.sequence(batch.length - 1);
  return isWhole ? { isWhole } : { isWhole, last: accepted };
}
