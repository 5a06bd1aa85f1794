/** How fast to send. Decides only: time comes in as an argument. */
export interface Pace {
  /** Milliseconds until the next may go; 0 when it may go now. */
  waitMs(nowMs: number): number;
  /** How many may go now, at least one where `waitMs` is 0. */
  allowance(nowMs: number): number;
  spend(count: number, nowMs: number): void;
  /** What became of a request: how many arrived, and how many were refused because there were too many. */
  learn(arrived: number, throttled: number, nowMs: number): void;
}

/** What a tenth of a second brings may go at once. */
const burstSeconds = 0.1;

/** Tokens that grow with time. */
class Bucket {
  #perSecond: number;
  #tokens: number;
  #atMs: number;

  constructor(perSecond: number, nowMs: number) {
    this.#perSecond = perSecond;
    this.#tokens = this.#size;
    this.#atMs = nowMs;
  }

  get #size(): number {
    return Math.max(1, this.#perSecond * burstSeconds);
  }

  get perSecond(): number {
    return this.#perSecond;
  }

  setRate(perSecond: number, nowMs: number): void {
    this.balance(nowMs);
    this.#perSecond = perSecond;
  }

  balance(nowMs: number): number {
    this.#tokens = Math.min(this.#size, this.#tokens + ((nowMs - this.#atMs) / 1000) * this.#perSecond);
    this.#atMs = nowMs;
    return this.#tokens;
  }

  spend(count: number, nowMs: number): void {
    this.#tokens = this.balance(nowMs) - count;
  }

  allowance(nowMs: number): number {
    return Math.max(1, Math.floor(this.balance(nowMs)));
  }

  waitMs(nowMs: number): number {
    const short = Math.max(1, this.#size / 2) - this.balance(nowMs);
    // Half of a burst at least, so that requests are not cut into slices. Fractions of a token are lost to rounding: less than that is none.
    return short <= 1e-9 ? 0 : Math.ceil((short / this.#perSecond) * 1000);
  }
}

/** So many a second, whatever happens. */
export function fixedPace(perSecond: number, nowMs: number): Pace {
  const bucket = new Bucket(perSecond, nowMs);
  return {
    waitMs: (now) => bucket.waitMs(now),
    allowance: (now) => bucket.allowance(now),
    spend: (count, now) => bucket.spend(count, now),
    learn() {},
  };
}

const windowMs = 1000;
/** Fewer refusals in a window are left to the waits that refused records have anyway. */
const fewestRefused = 10;
/** Above this share of refused records the pace goes down; below the other it goes up. Some have to be refused, or the stream would not be used up. */
const tooManyRefused = 0.3;
const fewRefused = 0.1;
/** How far above what arrives the pace is set. */
const overshoot = 1.25;
const growth = 1.1;
const slowest = 5;

/**
 * Free until the stream refuses much of what it gets; from then on a little more than what it takes, judged once a second.
 * A share that is refused by chance, or by one hot shard, changes nothing.
 */
export function adaptivePace(): Pace {
  let bucket: Bucket | undefined;
  let sinceMs: number | undefined;
  let arrived = 0;
  let refused = 0;
  const judge = (passedMs: number, now: number): void => {
    const share = refused / (arrived + refused);
    if (refused >= fewestRefused && share > tooManyRefused) {
      const perSecond = Math.max(slowest, (arrived / passedMs) * 1000 * overshoot);
      bucket ??= new Bucket(perSecond, now);
      bucket.setRate(perSecond, now);
    } else if (bucket !== undefined && share < fewRefused) bucket.setRate(bucket.perSecond * growth, now);
  };
  return {
    waitMs: (now) => bucket?.waitMs(now) ?? 0,
    allowance: (now) => bucket?.allowance(now) ?? Number.POSITIVE_INFINITY,
    spend: (count, now) => bucket?.spend(count, now),
    learn(more, throttled, now) {
      sinceMs ??= now;
      arrived += more;
      refused += throttled;
      if (now - sinceMs < windowMs) return;
      judge(now - sinceMs, now);
      sinceMs = now;
      arrived = 0;
      refused = 0;
    },
  };
}
