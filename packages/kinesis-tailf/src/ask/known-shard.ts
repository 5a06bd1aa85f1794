import type { ListedShard } from "../loop/lineage.ts";

/** A shard with everything that the service says of it. */
export interface KnownShard extends ListedShard {
  readonly hash: { readonly from: bigint; readonly to: bigint };
  readonly isOpen: boolean;
}

/** The part of the 128-bit key space that a shard holds, from 0 to 1. */
export const shareOf = ({ hash }: KnownShard): number => Number(hash.to - hash.from + 1n) / 2 ** 128;

/** A share for people: three digits are enough to tell shards apart, such as `33.3 %`. */
export const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`;
