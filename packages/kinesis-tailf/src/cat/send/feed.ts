import { type Context, ToolError } from "@sukima/core";
import { createBell } from "./bell.ts";
import type { Entry, UserRecord } from "./entry.ts";
import type { Outbox } from "./outbox.ts";
import type { Pace } from "./pace.ts";
import { isEnough, noRefusals, oneMore, pauseMs } from "./patience.ts";
import type { ListShards, Outcome, Refusal, SendPort } from "./port.ts";

export interface FeedSettings {
  /** Requests under way at once. */
  readonly concurrency: number;
  /** What is read ahead at most. */
  readonly ahead: { readonly bytes: number; readonly records: number };
  /** Counts a request against the pace. */
  weigh(entry: Entry): number;
}

export interface FeedParts {
  readonly input: AsyncIterable<readonly UserRecord[]>;
  readonly outbox: Outbox;
  readonly pace: Pace;
  readonly port: SendPort;
  readonly list: ListShards;
}

/** Told as it happens. */
export interface FeedListener {
  arrived(user: UserRecord): void;
  /** A request was answered; `again` of its entries go once more. */
  answered(again: number): void;
  /** The shards have changed, and packed records are made anew. */
  remapping(shards: readonly string[]): void;
  /** Packed records turn up in shards that are not listed, again and again: from now on none are packed. */
  unpacking(): void;
}

/** After an interruption, requests under way get so long to be answered. */
const graceMs = 2000;
const relistMs = 1000;
const mostListings = 10;

interface Status {
  /** Requests, and listings of shards, that have not been answered. */
  underWay: number;
  /** Records that were read and have not arrived. */
  missing: number;
  /** Nothing more will be read. */
  hasEnded: boolean;
  inputError: unknown;
  /** Ends everything: nothing more is sent. */
  fatal: unknown;
}

/**
 * Read records and send them until all have arrived. Resolves when nothing is under way any more, with what ended it early: a `ToolError` of the input or the service,
 * or the reason of `ctx.signal`. Records before a bad one of the input are still sent.
 */
export async function feed(parts: FeedParts, settings: FeedSettings, listener: FeedListener, ctx: Context): Promise<unknown> {
  const { input, outbox, pace, port, list } = parts;
  const { concurrency, ahead, weigh } = settings;
  const { clock, random } = ctx;
  const abort = new AbortController();
  const bell = createBell(clock);
  const refusals = new Map<Entry, typeof noRefusals>();
  const status: Status = { underWay: 0, missing: 0, hasEnded: false, inputError: undefined, fatal: undefined };

  const now = (): number => clock.elapsedMs();
  const isFull = (): boolean => outbox.bytes >= ahead.bytes || status.missing >= ahead.records;
  const arrive = (users: readonly UserRecord[]): void => {
    status.missing -= users.length;
    users.forEach(listener.arrived);
  };

  const read = async (): Promise<void> => {
    try {
      for await (const users of input) {
        for (const user of users) outbox.add(user, now());
        status.missing += users.length;
        bell.ring();
        while (isFull() && status.fatal === undefined) await bell.rung();
        if (status.fatal !== undefined) return;
      }
    } catch (error) {
      status.inputError = error;
    } finally {
      status.hasEnded = true;
      bell.ring();
    }
  };

  const refuse = (entry: Entry, outcome: Refusal): void => {
    if (outcome.kind === "refused") status.fatal ??= outcome.error;
    const count = oneMore(refusals.get(entry) ?? noRefusals, outcome.kind);
    refusals.set(entry, count);
    outbox.retry(entry, now() + pauseMs(count, random()));
    if (outcome.kind === "failed" && isEnough(count)) {
      status.fatal ??= new ToolError("SEND_FAILED", `sending the same record has failed ${count.failed} times in a row (${outcome.code})`);
    }
  };

  const settle = (batch: readonly Entry[], outcomes: readonly Outcome[]): void => {
    let arrived = 0;
    let throttled = 0;
    for (const [at, entry] of batch.entries()) {
      const outcome = outcomes[at] ?? { kind: "failed", code: "NoOutcome" };
      if (outcome.kind !== "arrived") {
        if (outcome.kind === "throttled") throttled += weigh(entry);
        refuse(entry, outcome);
        continue;
      }
      arrived += weigh(entry);
      refusals.delete(entry);
      arrive(outbox.accept(entry, outcome.shard));
    }
    pace.learn(arrived, throttled, now());
    listener.answered(outcomes.filter(({ kind }) => kind !== "arrived").length);
  };

  /** Whatever it rejects with ends the run. */
  const begin = (work: () => Promise<void>): void => {
    status.underWay++;
    const over = (): void => {
      status.underWay--;
      bell.ring();
    };
    work().then(over, (error: unknown) => {
      status.fatal ??= error;
      over();
    });
  };

  const send = (batch: readonly Entry[]): void =>
    begin(async () => {
      pace.spend(
        batch.reduce((sum, entry) => sum + weigh(entry), 0),
        now(),
      );
      settle(batch, await port.send(batch, abort.signal));
    });

  const remap = async (): Promise<void> => {
    const expected = new Set(outbox.unexpected);
    listener.remapping([...expected]);
    for (let tries = 1; ; tries++) {
      const ranges = await list(abort.signal);
      const known = new Set(ranges.map(({ shard }) => shard));
      // The listing follows the stream with some delay; a shard that never shows up must not stop the work.
      if ([...expected].every((shard) => known.has(shard)) || tries === mostListings) {
        arrive(outbox.remap(ranges, now()));
        if (!outbox.isPacking) listener.unpacking();
        return;
      }
      await clock.sleep(relistMs, abort.signal);
    }
  };

  /** Start what can be started, and give how long until more can. */
  const start = (): number | undefined => {
    if (outbox.unexpected.length > 0) {
      // Order is kept by waiting: what is under way belongs before everything that is packed anew.
      if (status.underWay === 0) begin(remap);
      return undefined;
    }
    while (status.underWay < concurrency) {
      const paceMs = pace.waitMs(now());
      if (paceMs > 0) return paceMs;
      const turn = outbox.take(now(), {
        isFlushing: status.hasEnded || isFull(),
        isIdle: status.underWay === 0,
        budget: pace.allowance(now()),
      });
      if (turn.kind === "idle") return undefined;
      if (turn.kind === "wait") return turn.ms;
      send(turn.batch);
    }
    return undefined;
  };

  let endGrace = (): void => {};
  const interrupt = (): void => {
    status.fatal ??= ctx.signal.reason;
    bell.ring();
    endGrace = clock.after(graceMs, () => abort.abort(status.fatal));
  };
  ctx.signal.addEventListener("abort", interrupt, { once: true });
  try {
    if (ctx.signal.aborted) interrupt();
    void read();
    for (;;) {
      const waitMs = status.fatal === undefined ? start() : undefined;
      if (status.underWay === 0 && (status.fatal !== undefined || (status.hasEnded && outbox.isEmpty(now()))))
        return status.fatal ?? status.inputError;
      await bell.rung(waitMs);
    }
  } finally {
    endGrace();
    ctx.signal.removeEventListener("abort", interrupt);
  }
}
