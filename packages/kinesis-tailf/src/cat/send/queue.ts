import type { Entry } from "./entry.ts";

export interface BatchLimits {
  readonly records: number;
  readonly bytes: number;
  /** How long an entry waits for others to fill its request, in milliseconds. */
  readonly lingerMs: number;
  /** What an entry counts against the budget of a request. */
  weigh(entry: Entry): number;
}

/** What to do now: send these, or come back later, or wait for something to happen. */
export type Turn =
  | { readonly kind: "send"; readonly batch: readonly Entry[] }
  | { readonly kind: "wait"; readonly ms: number }
  | { readonly kind: "idle" };

/** What `take` is asked for. */
export interface Occasion {
  /** No further entries are to be waited for. */
  readonly isFlushing: boolean;
  /** No request is under way. */
  readonly isIdle: boolean;
  /** Weight at which the request stops growing. */
  readonly budget: number;
}

interface Queued {
  readonly entry: Entry;
  readonly sinceMs: number;
}

interface Delayed extends Queued {
  readonly atMs: number;
}

/**
 * Forms requests. Decides only: time comes in as an argument, and what was sent comes back by `accept` or `retry`.
 * One entry of a lane at most is out of its lane (ready, delayed or under way), so a request never holds two of one lane, and none overtakes.
 */
export class SendQueue {
  readonly #limits: BatchLimits;
  #ready: Queued[] = [];
  /** How many of `#ready` are gone from its front already. */
  #taken = 0;
  #readyBytes = 0;
  #delayed: Delayed[] = [];
  /** What waits in each lane that has an entry out. */
  readonly #lanes = new Map<string, Queued[]>();
  #inLanes = 0;
  #bytes = 0;
  #count = 0;

  constructor(limits: BatchLimits) {
    this.#limits = limits;
  }

  /** Entries that are queued, delayed or under way. */
  get count(): number {
    return this.#count;
  }

  /** Their bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  add(entry: Entry, nowMs: number): void {
    this.#count++;
    this.#bytes += entry.bytes;
    const queued = { entry, sinceMs: nowMs };
    const waiting = entry.lane === undefined ? undefined : this.#lanes.get(entry.lane);
    if (waiting !== undefined) {
      waiting.push(queued);
      this.#inLanes++;
      return;
    }
    if (entry.lane !== undefined) this.#lanes.set(entry.lane, []);
    this.#makeReady(queued);
  }

  /** The next request by the given occasion. */
  take(nowMs: number, { isFlushing, isIdle, budget }: Occasion): Turn {
    this.#wake(nowMs);
    const first = this.#ready[this.#taken];
    if (first === undefined) {
      const [soonest] = this.#delayed;
      return soonest === undefined ? { kind: "idle" } : { kind: "wait", ms: soonest.atMs - nowMs };
    }
    const { records, bytes, lingerMs } = this.#limits;
    const isFull = this.#ready.length - this.#taken >= records || this.#readyBytes >= bytes;
    const leftMs = first.sinceMs + lingerMs - nowMs;
    // What waits in lanes cannot fill this request, but the answer to one under way will free lanes that can.
    const isAsFullAsItGets = this.#inLanes > 0 ? isIdle : isFlushing;
    if (isFull || isAsFullAsItGets || leftMs <= 0) return { kind: "send", batch: this.#fill(budget) };
    return { kind: "wait", ms: Math.min(leftMs, (this.#delayed[0]?.atMs ?? Number.POSITIVE_INFINITY) - nowMs) };
  }

  /** The entry has arrived: the next of its lane may go. */
  accept(entry: Entry): void {
    this.#count--;
    this.#bytes -= entry.bytes;
    if (entry.lane === undefined) return;
    const next = this.#lanes.get(entry.lane)?.shift();
    if (next === undefined) return void this.#lanes.delete(entry.lane);
    this.#inLanes--;
    this.#makeReady(next);
  }

  /** The entry has not arrived: it goes again at `atMs`, before later ones of its lane. */
  retry(entry: Entry, atMs: number): void {
    const delayed = { entry, sinceMs: atMs, atMs };
    // A throttled run has thousands here, so the place is searched by halves.
    let low = 0;
    let high = this.#delayed.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#delayed[middle]?.atMs ?? 0) <= atMs) low = middle + 1;
      else high = middle;
    }
    this.#delayed.splice(low, 0, delayed);
  }

  /** Take out everything that is not under way, in no order. */
  drain(): Entry[] {
    const queued = [...this.#ready.slice(this.#taken), ...this.#delayed, ...[...this.#lanes.values()].flat()];
    const entries = queued.map(({ entry }) => entry);
    this.#ready = [];
    this.#taken = 0;
    this.#readyBytes = 0;
    this.#delayed = [];
    this.#lanes.clear();
    this.#inLanes = 0;
    this.#count -= entries.length;
    this.#bytes -= entries.reduce((sum, { bytes }) => sum + bytes, 0);
    return entries;
  }

  #makeReady(queued: Queued): void {
    this.#ready.push(queued);
    this.#readyBytes += queued.entry.bytes;
  }

  #wake(nowMs: number): void {
    let due = 0;
    while ((this.#delayed[due]?.atMs ?? Number.POSITIVE_INFINITY) <= nowMs) due++;
    if (due === 0) return;
    // Before what is ready: they have waited longest.
    const woken = this.#delayed.splice(0, due);
    this.#ready.splice(0, this.#taken, ...woken);
    this.#taken = 0;
    for (const { entry } of woken) this.#readyBytes += entry.bytes;
  }

  #fill(budget: number): Entry[] {
    const { records, weigh } = this.#limits;
    const batch: Entry[] = [];
    let bytes = 0;
    let weight = 0;
    for (let next = this.#ready[this.#taken]; next !== undefined && batch.length < records; next = this.#ready[this.#taken]) {
      const { entry } = next;
      // A record alone may be larger than a request is meant to be.
      if (batch.length > 0 && (bytes + entry.bytes > this.#limits.bytes || weight >= budget)) break;
      batch.push(entry);
      bytes += entry.bytes;
      weight += weigh(entry);
      this.#taken++;
    }
    this.#readyBytes -= bytes;
    if (this.#taken * 2 > this.#ready.length) {
      this.#ready.splice(0, this.#taken);
      this.#taken = 0;
    }
    return batch;
  }
}
