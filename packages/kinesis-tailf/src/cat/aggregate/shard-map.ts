import { createHash } from "node:crypto";
import type { ShardRange } from "../send/port.ts";

/** The hash by which the service picks a shard for a key: MD5, read as one number. */
export const hashOf = (key: string): bigint => BigInt(`0x${createHash("md5").update(key).digest("hex")}`);

/** Which shard takes which hashes, as the service last said. */
export class ShardMap {
  readonly #ranges: readonly ShardRange[];

  constructor(ranges: readonly ShardRange[]) {
    this.#ranges = [...ranges].sort((a, b) => (a.from < b.from ? -1 : 1));
  }

  /** The shard for a hash; undefined where the listing has a hole, as it may while shards are being split. */
  find(hash: bigint): ShardRange | undefined {
    let low = 0;
    let high = this.#ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const range = this.#ranges[middle];
      if (range !== undefined && range.to < hash) low = middle + 1;
      else high = middle;
    }
    const found = this.#ranges[low];
    return found !== undefined && found.from <= hash ? found : undefined;
  }

  range(shard: string): ShardRange | undefined {
    return this.#ranges.find((range) => range.shard === shard);
  }
}
