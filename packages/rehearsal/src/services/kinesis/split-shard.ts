import { SplitShard$, type SplitShardInput } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { HASH_KEY, SHARD_ID, STREAM } from "./bounds.ts";
import { findStream, refuseUnlessActive } from "./find-stream.ts";
import { refuseOnDemand } from "./kinesis-errors.ts";
import { planSplit, split } from "./resharding.ts";
import { beginChange } from "./stream-change.ts";

/**
 * Source: the model's texts of the action and its members. Until the change is done the parent stays open (a guess).
 * What is wrong with the arguments comes before the stream's state (mhart/kinesalite, actions/splitShard.js).
 */
export const splitShard = defineOperation<SplitShardInput, object>(SplitShard$, {
  bounds: { ...STREAM, ShardToSplit: SHARD_ID, NewStartingHashKey: HASH_KEY },
  run(input, call) {
    const stream = findStream(call, input);
    refuseOnDemand(stream, "SplitShard");
    const plan = planSplit(stream, input.ShardToSplit, BigInt(input.NewStartingHashKey));
    refuseUnlessActive(call, stream);
    beginChange(call, stream, (at) => split(stream, plan.shard, plan.hashKey, at));
    return {};
  },
});
