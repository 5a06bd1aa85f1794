import type { Context } from "@sukima/core";
import { keyOf, type Origin } from "../print/origin.ts";

/** What a run has done so far; `-stats=json` prints it. Names are part of the public interface. */
export interface Snapshot {
  readonly seconds: number;
  /** Shards that have been read, and those that are being read now. */
  readonly shards: number;
  readonly reading: number;
  /** Records as the stream holds them, and their payload's bytes. */
  readonly fetched: number;
  readonly bytes: number;
  /** Records that were printed. */
  readonly printed: number;
  readonly pages: number;
  readonly throttled: number;
  /** Other calls that failed and were made again. */
  readonly retried: number;
  /** The greatest lag of a shard that is being read, in milliseconds. */
  readonly behindMs: number;
  /** Oddities by name. */
  readonly [counter: string]: number;
}

/** Counts what the listeners of a run tell it. */
export class Statistics {
  readonly #clock: Context["clock"];
  readonly #beganMs: number;
  readonly #behindMs = new Map<string, number>();
  shards = 0;
  fetched = 0;
  bytes = 0;
  printed = 0;
  pages = 0;
  throttled = 0;
  retried = 0;

  constructor(clock: Context["clock"]) {
    this.#clock = clock;
    this.#beganMs = clock.elapsedMs();
  }

  begin(origin: Origin): void {
    this.shards++;
    this.#behindMs.set(keyOf(origin), 0);
  }

  behind(origin: Origin, ms: number): void {
    this.#behindMs.set(keyOf(origin), ms);
  }

  done(origin: Origin): void {
    this.#behindMs.delete(keyOf(origin));
  }

  snapshot(counts: Readonly<Record<string, number>>): Snapshot {
    const { shards, fetched, bytes, printed, pages, throttled, retried } = this;
    return {
      seconds: Math.round(this.#clock.elapsedMs() - this.#beganMs) / 1000,
      shards,
      reading: this.#behindMs.size,
      fetched,
      bytes,
      printed,
      pages,
      throttled,
      retried,
      behindMs: Math.max(0, ...this.#behindMs.values()),
      ...counts,
    };
  }
}

/** The line for people at the end of a run. */
export function summaryLine({ seconds, shards, fetched, bytes, printed, throttled, ...rest }: Snapshot): string {
  const odd = Object.entries(rest).filter(([name, number]) => number > 0 && /^(kpl|decode|split|control|template)_/.test(name));
  const size = bytes < 1000 ? `${bytes} B` : bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
  const parts = [
    `${printed} of ${fetched} records printed`,
    `${size} from ${shards} shard${shards === 1 ? "" : "s"} in ${seconds.toFixed(1)} s`,
    ...(throttled > 0 ? [`${throttled} calls throttled`] : []),
    ...odd.map(([name, number]) => `${name} ${number}`),
  ];
  return parts.join(", ");
}
