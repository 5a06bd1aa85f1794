import type { Context } from "@sukima/core";
import { createBudget } from "./budget.ts";
import { nextRate } from "./pace.ts";
import type { Page } from "./port.ts";
import type { ShardEvent } from "./shard.ts";

/** How fast a shard may be read. */
export interface Allowance {
  /** GetRecords calls a second; the service allows five, shared with everyone who polls. */
  readonly maxTps: number;
  /** Take all five while the shard is behind. */
  readonly greedy: boolean;
  /** Bytes a second. */
  readonly maxRate: number;
}

/** What the service allows to all who poll a shard together. */
const serviceTps = 5;

/** The pace of one shard. */
export interface ShardPace {
  /** Milliseconds to wait until the next GetRecords call; books it. */
  beforeCall(): number;
  /** Take note of a call as soon as it is over: what passes until the next one counts as waiting. */
  afterCall(event: ShardEvent, page: Page | undefined): void;
}

export function createPace(clock: Pick<Context["clock"], "elapsedMs">, { maxTps, greedy, maxRate }: Allowance): ShardPace {
  let rate = maxTps;
  let isBehind = false;
  let freeAtMs = 0;
  const calls = createBudget(clock, () => rate, 1);
  return {
    beforeCall: () => Math.max(calls.take(1), freeAtMs - clock.elapsedMs()),
    afterCall(event, page) {
      if (event.kind === "page") isBehind = event.behindMs > 0;
      // What has passed so far refills the bucket at the rate that was.
      calls.take(0);
      rate = nextRate(rate, event, greedy && isBehind ? Math.max(maxTps, serviceTps) : maxTps);
      // Paid for at once: after an answer of 10 MiB the service refuses every call for five seconds (API reference, GetRecords).
      freeAtMs = Math.max(freeAtMs, clock.elapsedMs()) + ((page?.records.size ?? 0) * 1000) / maxRate;
    },
  };
}
