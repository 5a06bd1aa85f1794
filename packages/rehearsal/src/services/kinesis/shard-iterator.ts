import * as z from "zod";
import { AwsError } from "../../wire/aws-error.ts";
import { open, seal } from "../../wire/sealed-text.ts";
import { invalidArgument } from "./kinesis-errors.ts";
import type { Shard, Stream } from "./stream-store.ts";

/** How long an iterator lives (the model's text of GetShardIterator: 5 minutes). */
const LIFE_MS = 300_000;

/** What iterators are sealed for. */
const USE = "kinesis iterator";

const iteratorSchema = z.object({
  name: z.string(),
  createdAt: z.number(),
  shard: z.string(),
  /** How many of the shard's records, counted from its first ever, come before. */
  position: z.number(),
  issuedAt: z.number(),
});

export type ShardIterator = z.output<typeof iteratorSchema>;

export const makeIterator = (stream: Stream, shard: Shard, position: number, now: number): string =>
  seal(USE, { name: stream.name, createdAt: stream.createdAt.getTime(), shard: shard.id, position, issuedAt: now });

/** Throws InvalidArgumentException for a text that is no iterator. */
export function readIterator(text: string): ShardIterator {
  const iterator = iteratorSchema.safeParse(open(USE, text)).data;
  if (iterator === undefined) throw invalidArgument("Invalid ShardIterator.");
  return iterator;
}

/** A time as the service's sentences show it, such as `Thu Jan 22 01:22:02 UTC 2015` (mhart/kinesalite, actions/getRecords.js). */
function timeText(ms: number): string {
  const [day, date, month, year, time] = new Date(ms).toUTCString().split(/,? /);
  return `${day} ${month} ${date} ${time} UTC ${year}`;
}

/** Throws ExpiredIteratorException for an iterator whose time is over, or always when `isExpired`. */
export function refuseExpired({ issuedAt }: ShardIterator, now: number, isExpired: boolean): void {
  if (!isExpired && now - issuedAt <= LIFE_MS) return;
  throw new AwsError(
    "ExpiredIteratorException",
    `Iterator expired. The iterator was created at time ${timeText(issuedAt)} while right now it is ${timeText(now)} which is further in the future than the tolerated delay of ${LIFE_MS} milliseconds.`,
  );
}
