import * as z from "zod";
import { AwsError } from "../../wire/aws-error.ts";
import { open, seal } from "../../wire/sealed-text.ts";
import { invalidArgument } from "./kinesis-errors.ts";
import type { ShardChoice } from "./shard-filter.ts";
import type { Stream } from "./stream-store.ts";

/** How long a token of ListShards lives (the model's text of NextToken: 300 seconds). */
const LIFE_MS = 300_000;

/** What its tokens are sealed for. */
const USE = "kinesis ListShards";

interface ListPlace {
  readonly stream: { readonly name: string; readonly createdAt: Date };
  /** The last shard that was shown. */
  readonly after: string;
  readonly filter: ShardChoice;
}

const placeSchema = z.object({
  name: z.string(),
  createdAt: z.number(),
  after: z.string(),
  issuedAt: z.number(),
  type: z.enum(["AFTER_SHARD_ID", "AT_TRIM_HORIZON", "FROM_TRIM_HORIZON", "AT_LATEST", "AT_TIMESTAMP", "FROM_TIMESTAMP"]),
  shardId: z.string().optional(),
  timestamp: z.number().optional(),
});

export function makeListToken(place: { stream: Stream; after: string; filter: ShardChoice }, now: number): string {
  const { stream, after, filter } = place;
  return seal(USE, { name: stream.name, createdAt: stream.createdAt.getTime(), after, issuedAt: now, ...filter });
}

/** Throws InvalidArgumentException for a token that was never given out, ExpiredNextTokenException for an old one. */
export function readListToken(token: string, now: number): ListPlace {
  const place = placeSchema.safeParse(open(USE, token)).data;
  if (place === undefined) throw invalidArgument("The NextToken is invalid.");
  const { name, createdAt, after, issuedAt, ...filter } = place;
  if (now - issuedAt > LIFE_MS) throw new AwsError("ExpiredNextTokenException", "The NextToken has expired: it lives for 300 seconds.");
  return { stream: { name, createdAt: new Date(createdAt) }, after, filter };
}
