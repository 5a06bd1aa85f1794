import type { Context } from "@sukima/core";
import { createBudget } from "./budget.ts";
import type { Page } from "./port.ts";
import { nextRate } from "./pace.ts";
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

/** The pace of one shard: what has to pass before its next call. */
export interface ShardPace {
  /** Milliseconds to wait until the next GetRecords call; books it. */
  beforeCall(): number;
  /** Milliseconds that the bytes of an answer cost; takes note of how the call went. */
  afterCall(event: ShardEvent, page: Page | undefined): number;
}

export function createPace(clock: Context["clock"], { maxTps, greedy, maxRate }: Allowance): ShardPace {
  let rate = maxTps;
  let isBehind = false;
  const calls = createBudget(clock, () => rate, 1);
  const bytes = createBudget(clock, () => maxRate, maxRate);
  return {
    beforeCall: () => calls.take(1),
    afterCall(event, page) {
      if (event.kind === "page") isBehind = event.behindMs > 0;
      // What has passed so far refills the bucket at the rate that was.
      calls.take(0);
      rate = nextRate(rate, event, greedy && isBehind ? Math.max(maxTps, serviceTps) : maxTps);
      return bytes.take(page?.records.bytes.length ?? 0);
    },
  };
}
