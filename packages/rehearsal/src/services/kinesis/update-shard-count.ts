import { UpdateShardCount$, type UpdateShardCountInput, type UpdateShardCountOutput } from "@aws-sdk/client-kinesis";
import { AwsError } from "../../wire/aws-error.ts";
import { defineOperation } from "../../wire/operation.ts";
import { STREAM } from "./bounds.ts";
import { findActiveStream } from "./find-stream.ts";
import { refuseOnDemand } from "./kinesis-errors.ts";
import { rescale } from "./resharding.ts";
import { MAX_SHARDS, openShards } from "./shards.ts";
import { beginChange } from "./stream-change.ts";

/** Source: the model's texts of the action and its members; of its limits double, half and 10,000 shards are enforced. The sentences are guesses. */
export const updateShardCount = defineOperation<UpdateShardCountInput, UpdateShardCountOutput>(UpdateShardCount$, {
  bounds: { ...STREAM, TargetShardCount: { min: 1 }, ScalingType: { oneOf: ["UNIFORM_SCALING"] } },
  run(input, call) {
    const stream = findActiveStream(call, input);
    refuseOnDemand(stream, "UpdateShardCount");
    const target = input.TargetShardCount;
    const current = openShards(stream).length;
    const refuse = (rule: string): never => {
      throw new AwsError(
        "LimitExceededException",
        `UpdateShardCount cannot ${rule}. Current open shard count: ${current}, target: ${target}.`,
      );
    };
    if (target > current * 2) refuse("scale up over double your current open shard count");
    if (target < current / 2) refuse("scale down below half your current open shard count");
    if (target > MAX_SHARDS) refuse(`scale up to more than ${MAX_SHARDS} shards`);
    beginChange(call, stream, (at) => rescale(stream, target, at));
    return { StreamName: stream.name, StreamARN: stream.arn, CurrentShardCount: current, TargetShardCount: target };
  },
});
