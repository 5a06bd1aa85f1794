import { ListShards$, type ListShardsInput, type ListShardsOutput } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { LIST_LIMIT, NEXT_TOKEN, SHARD_ID, STREAM } from "./bounds.ts";
import { findStream, nowOf, refuseOtherBirth, refuseUnlessActive } from "./find-stream.ts";
import { invalidArgument } from "./kinesis-errors.ts";
import { makeListToken, readListToken } from "./list-token.ts";
import { readShardId } from "./shard-id.ts";
import { passesFilter, readShardFilter } from "./shard-filter.ts";
import { describeShard } from "./shards.ts";

/** The most shards of one answer, and the default (the model's text of MaxResults). */
const PAGE = 1000;

/**
 * Source: the model's texts of the action and its members. The limit of 1,000 calls a second is not enforced.
 * The filter goes on with the token, and the position is the last shard that was shown, so that resharding between pages loses none.
 */
export const listShards = defineOperation<ListShardsInput, ListShardsOutput>(ListShards$, {
  bounds: {
    ...STREAM,
    NextToken: NEXT_TOKEN,
    ExclusiveStartShardId: SHARD_ID,
    MaxResults: LIST_LIMIT,
    ShardFilter: {
      members: {
        Type: { oneOf: ["AFTER_SHARD_ID", "AT_TRIM_HORIZON", "FROM_TRIM_HORIZON", "AT_LATEST", "AT_TIMESTAMP", "FROM_TIMESTAMP"] },
        ShardId: SHARD_ID,
      },
    },
  },
  isPaged: true,
  run(input, call) {
    const now = nowOf(call);
    const { NextToken: token } = input;
    if (token !== undefined && (input.StreamName ?? input.ExclusiveStartShardId ?? input.StreamCreationTimestamp) !== undefined) {
      throw invalidArgument("NextToken and StreamName cannot be provided together.");
    }
    const place =
      token === undefined
        ? { stream: undefined, after: readShardId(input.ExclusiveStartShardId ?? ""), filter: readShardFilter(input.ShardFilter) }
        : readListToken(token, now);
    const stream = findStream(call, place.stream === undefined ? input : { StreamName: place.stream.name });
    refuseOtherBirth(call, stream, place.stream?.createdAt ?? input.StreamCreationTimestamp);
    if (stream.status !== "UPDATING") refuseUnlessActive(call, stream);
    const { after, filter } = place;
    const rest = stream.shards.filter((shard) => shard.id > after && passesFilter(stream, shard, filter, now));
    const shown = call.wantsEmptyPage ? [] : rest.slice(0, Math.min(input.MaxResults ?? PAGE, PAGE));
    const last = shown.at(-1)?.id ?? after;
    const goesOn = rest.length > shown.length;
    return { Shards: shown.map(describeShard), NextToken: goesOn ? makeListToken({ stream, after: last, filter }, now) : undefined };
  },
});
