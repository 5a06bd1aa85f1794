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
    allowance: (now) => Math.max(1, Math.floor(bucket.balance(now) + 1e-9)),
    spend: (count, now) => bucket.spend(count, now),
    learn() {},
  };
}

/** At most one step down in this time: the requests under way all tell of the same overload. */
const stepMs = 250;
const slowest = 5;
/** A little above what was accepted: the limit is found again, and the stream kept busy. */
const overshoot = 1.1;

/**
 * Free until the stream refuses records; from then on a little more than what it takes, down in proportion to what is refused and slowly up again.
 * Refused records have waits of their own besides, so that one hot shard does not slow the others down for long.
 */
export function adaptivePace(): Pace {
  let bucket: Bucket | undefined;
  let steppedMs = Number.NEGATIVE_INFINITY;
  let sinceMs: number | undefined;
  let arrivedSince = 0;
  return {
    waitMs: (now) => bucket?.waitMs(now) ?? 0,
    allowance: (now) => (bucket === undefined ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(bucket.balance(now) + 1e-9))),
    spend: (count, now) => bucket?.spend(count, now),
    learn(arrived, throttled, now) {
      sinceMs ??= now;
      arrivedSince += arrived;
      const passedMs = now - sinceMs;
      if (bucket !== undefined && throttled === 0) bucket.setRate(bucket.perSecond * (1 + arrived / (bucket.perSecond * 10)), now);
      if (throttled === 0 || now - steppedMs < stepMs) return;
      const seen = (arrivedSince / Math.max(passedMs, 1000)) * 1000;
      const refusedShare = throttled / (arrived + throttled);
      const wanted = bucket === undefined ? seen * overshoot : bucket.perSecond * (1 - refusedShare / 4);
      const perSecond = Math.max(slowest, wanted);
      if (bucket === undefined) bucket = new Bucket(perSecond, now);
      else bucket.setRate(perSecond, now);
      steppedMs = now;
    },
  };
}
