import { MergeShards$, type MergeShardsInput } from "@aws-sdk/client-kinesis";
import { defineOperation } from "../../wire/operation.ts";
import { SHARD_ID, STREAM } from "./bounds.ts";
import { findStream, refuseUnlessActive } from "./find-stream.ts";
import { refuseOnDemand } from "./kinesis-errors.ts";
import { merge, planMerge } from "./resharding.ts";
import { beginChange } from "./stream-change.ts";

/**
 * Source: the model's texts of the action and its members. Until the change is done the parents stay open (a guess).
 * That the lower shard is named first, and that what is wrong with the arguments comes before the stream's state,
 * is what mhart/kinesalite, test/mergeShards.js and actions/mergeShards.js, found.
 */
export const mergeShards = defineOperation<MergeShardsInput, object>(MergeShards$, {
  bounds: { ...STREAM, ShardToMerge: SHARD_ID, AdjacentShardToMerge: SHARD_ID },
  run(input, call) {
    const stream = findStream(call, input);
    refuseOnDemand(stream, "MergeShards");
    const plan = planMerge(stream, input.ShardToMerge, input.AdjacentShardToMerge);
    refuseUnlessActive(call, stream);
    beginChange(call, stream, (at) => merge(stream, plan.shard, plan.adjacent, at));
    return {};
  },
});
