/** What a sequence number is made of besides the record's count and time. */
interface Origin {
  readonly index: number;
  /** Milliseconds; whole seconds of it go into the number. */
  readonly bornAt: number;
}

/** The count of a closed shard's ending sequence number: no record reaches it. */
export const LAST_COUNT = 0x7fffffffffffffffn;

const hex = (value: number | bigint, digits: number): string => value.toString(16).padStart(digits, "0");
const seconds = (ms: number): number => Math.floor(ms / 1000);

/**
 * A sequence number of 56 digits, as AWS gives them out: it grows with the count inside a shard and from parents to children.
 * The layout (version, second of the shard's birth, low digit of the shard, count, second of arrival, shard, version)
 * is what mhart/kinesalite, db/index.js, found in real ones.
 */
export function makeSequenceNumber({ index, bornAt }: Origin, count: number | bigint, at: number): string {
  const digits = `2${hex(seconds(bornAt), 9)}${hex(index % 16, 1)}${hex(count, 16)}00${hex(seconds(at), 9)}${hex(index, 8)}2`;
  return BigInt(`0x${digits}`).toString();
}

/** The count inside a sequence number that `makeSequenceNumber` made for this shard; undefined for any other text. */
export function readCount({ index, bornAt }: Origin, sequenceNumber: string): bigint | undefined {
  if (!/^\d{56}$/.test(sequenceNumber)) return undefined;
  const digits = BigInt(sequenceNumber).toString(16);
  const isOurs =
    digits.length === 47 && digits.startsWith(`2${hex(seconds(bornAt), 9)}${hex(index % 16, 1)}`) && digits.endsWith(`${hex(index, 8)}2`);
  return isOurs ? BigInt(`0x${digits.slice(11, 27)}`) : undefined;
}

/**
 * Whether a text is a sequence number that could have been given out by `now`: of version 1 or 2, with a count and a shard in their ranges.
 * Whose it is is not asked. Source: mhart/kinesalite, test/putRecord.js; that numbers of version 0, of 2013, are refused is a guess.
 */
export function isSequenceNumber(text: string, now: number): boolean {
  const digits = BigInt(text).toString(16);
  if (!/^2[0-9a-f]{45}[12]$/.test(digits)) return false;
  const isFirst = digits.endsWith("1");
  const arrivedAt = Number(`0x${isFirst ? digits.slice(13, 22) : digits.slice(29, 38)}`);
  const isCounted = isFirst || /^[0-7]/.test(digits.slice(11));
  return isCounted && /^[0-7]/.test(digits.slice(38)) && arrivedAt <= seconds(now);
}
