import type { RecordBatch } from "./batch.ts";
import { pageLimit } from "./pace.ts";

/** What the shards of a stream give at the moment, which decides how much of one is asked for at once. */
export class Load {
  readonly #memory: number;
  readonly #active = new Set<string>();
  #bytesPerRecord = 1024;

  constructor(memory: number) {
    this.#memory = memory;
  }

  /** A shard is read from now on, and counts as active until it is found at its tip. */
  begin(shard: string): void {
    this.#active.add(shard);
  }

  page(shard: string, { length, bytes }: RecordBatch, isAtTip: boolean): void {
    if (length > 0) this.#bytesPerRecord = Math.max(1, bytes.length / length);
    if (isAtTip) this.#active.delete(shard);
    else this.#active.add(shard);
  }

  end(shard: string): void {
    this.#active.delete(shard);
  }

  /** Records to ask for in the next call. */
  get limit(): number {
    return pageLimit(this.#memory, this.#active.size, this.#bytesPerRecord);
  }
}
