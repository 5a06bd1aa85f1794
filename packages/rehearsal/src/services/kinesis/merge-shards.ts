import { MergeShards$, type MergeShardsInput } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { SHARD_ID, STREAM } from "./bounds.ts";
import { findActiveStream } from "./find-stream.ts";
import { refuseOnDemand } from "./kinesis-errors.ts";
import { merge, planMerge } from "./resharding.ts";
import { beginChange } from "./stream-change.ts";

/** Source: the model's texts of the action and its members. Until the change is done the parents stay open (a guess). */
export const mergeShards = defineOperation<MergeShardsInput, object>(MergeShards$, {
  bounds: { ...STREAM, ShardToMerge: SHARD_ID, AdjacentShardToMerge: SHARD_ID },
  run(input, call) {
    const stream = findActiveStream(call, input);
    refuseOnDemand(stream, "MergeShards");
    const plan = planMerge(stream, input.ShardToMerge, input.AdjacentShardToMerge);
    beginChange(call, stream, (at) => merge(stream, plan.shard, plan.adjacent, at));
    return {};
  },
});
