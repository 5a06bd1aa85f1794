import { SplitShard$, type SplitShardInput } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { HASH_KEY, SHARD_ID, STREAM } from "./bounds.ts";
import { findActiveStream } from "./find-stream.ts";
import { refuseOnDemand } from "./kinesis-errors.ts";
import { planSplit, split } from "./resharding.ts";
import { beginChange } from "./stream-change.ts";

/** Source: the model's texts of the action and its members. Until the change is done the parent stays open (a guess). */
export const splitShard = defineOperation<SplitShardInput, object>(SplitShard$, {
  bounds: { ...STREAM, ShardToSplit: SHARD_ID, NewStartingHashKey: HASH_KEY },
  run(input, call) {
    const stream = findActiveStream(call, input);
    refuseOnDemand(stream, "SplitShard");
    const plan = planSplit(stream, input.ShardToSplit, BigInt(input.NewStartingHashKey));
    beginChange(call, stream, (at) => split(stream, plan.shard, plan.hashKey, at));
    return {};
  },
});
