import { createHash } from "node:crypto";

/** A shard's share of the hash keys, both ends included. */
export interface HashRange {
  readonly start: bigint;
  readonly end: bigint;
}

/** One more than the greatest hash key. */
export const HASH_KEYS = 1n << 128n;

/** Where a partition key falls: its MD5 as a number of 128 bits (the model's text of PutRecord). */
export const hashOf = (partitionKey: string): bigint => BigInt(`0x${createHash("md5").update(partitionKey).digest("hex")}`);

export const contains = ({ start, end }: HashRange, hash: bigint): boolean => start <= hash && hash <= end;

/** `count` ranges of equal size (the last takes the rest) that tile all hash keys. */
export function tile(count: number): HashRange[] {
  const size = HASH_KEYS / BigInt(count);
  return Array.from({ length: count }, (_, at) => ({
    start: size * BigInt(at),
    end: at === count - 1 ? HASH_KEYS - 1n : size * BigInt(at + 1) - 1n,
  }));
}
