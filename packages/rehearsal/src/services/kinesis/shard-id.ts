/** The greatest number that a shard can have. */
const MAX_INDEX = 0x7f_ff_ff_ff;

export const makeShardId = (index: number): string => `shardId-${String(index).padStart(12, "0")}`;

/**
 * The shard id that a caller's text means: the service reads its number alone, so that `0`, `shardId-0` and `any-0` are the first shard.
 * A text without a number stays as it is. Source: mhart/kinesalite, test/splitShard.js and test/getShardIterator.js.
 */
export function readShardId(text: string): string {
  const number = text.split("-")[1] ?? text;
  return /^\d+$/.test(number) && Number(number) <= MAX_INDEX ? makeShardId(Number(number)) : text;
}
