import type { RecordBatch } from "./batch.ts";
import { pageLimit } from "./pace.ts";

/** No answer of GetRecords has more bytes of records (API reference). */
const mostBytes = 10 * 2 ** 20;
/** Answers whose size tells what to expect of the next one. */
const recentAnswers = 16;

/** What the shards of a stream give at the moment, which decides how much of one is asked for at once. */
export class Load {
  readonly #memory: number;
  readonly #active = new Set<string>();
  #bytesPerRecord = 1024;
  readonly #recent: number[] = [];

  constructor(memory: number) {
    this.#memory = memory;
  }

  /** A shard is read from now on, and counts as active until it is found at its tip. */
  begin(shard: string): void {
    this.#active.add(shard);
  }

  page(shard: string, { length, bytes }: RecordBatch, isAtTip: boolean): void {
    this.#recent.push(bytes.length);
    if (this.#recent.length > recentAnswers) this.#recent.shift();
    if (length > 0) this.#bytesPerRecord = Math.max(1, bytes.length / length);
    if (isAtTip) this.#active.delete(shard);
    else this.#active.add(shard);
  }

  end(shard: string): void {
    this.#active.delete(shard);
  }

  /** Bytes of records that the next answer may well have: the largest of the last ones, or of all there can be before some have come. */
  get expectedBytes(): number {
    return this.#recent.length < recentAnswers ? mostBytes : Math.max(...this.#recent);
  }

  /** Records to ask for in the next call. */
  get limit(): number {
    return pageLimit(this.#memory, this.#active.size, this.#bytesPerRecord);
  }
}
