import { CreateStream$, type CreateStreamInput } from "@aws-sdk/client-kinesis";
import { AwsError } from "../../wire/aws-error.ts";
import { defineOperation } from "../../wire/operation.ts";
import { schedule } from "./agenda.ts";
import { DISTRIBUTION, MAX_RECORD_SIZE, STREAM_MODE, STREAM_NAME } from "./bounds.ts";
import { nowOf, streamArn, streamNamed, streamsOf } from "./find-stream.ts";
import { invalidArgument, refuseAutoUnlessOnDemand } from "./kinesis-errors.ts";
import { DEFAULT_RECORD_KIB, makeStream, ON_DEMAND_SHARDS } from "./make-stream.ts";
import { CHANGE_MS } from "./resharding.ts";

/** Source: the model's texts of the action and its members. The account's shard and stream quotas are not enforced. */
export const createStream = defineOperation<CreateStreamInput, object>(CreateStream$, {
  bounds: {
    StreamName: STREAM_NAME,
    ShardCount: { min: 1 },
    StreamModeDetails: STREAM_MODE,
    WarmThroughputMiBps: { min: 0 },
    MaxRecordSizeInKiB: MAX_RECORD_SIZE,
    RecordDistributionStrategy: DISTRIBUTION,
  },
  run(input, call) {
    const { StreamName: name, ShardCount: count } = input;
    const arn = streamArn(call, name);
    call.authorize(arn);
    if (streamNamed(call, name) !== undefined) {
      throw new AwsError("ResourceInUseException", `Stream ${name} under account ${call.world.account} already exists.`);
    }
    const mode = input.StreamModeDetails?.StreamMode ?? "PROVISIONED";
    if (mode === "ON_DEMAND" && count !== undefined) throw invalidArgument("ShardCount must not be given for an ON_DEMAND stream.");
    if (mode === "PROVISIONED" && count === undefined) throw invalidArgument("ShardCount must be given for a PROVISIONED stream.");
    const distribution = input.RecordDistributionStrategy ?? "USER_PARTITION_KEY";
    refuseAutoUnlessOnDemand(mode, distribution);
    const stream = makeStream({
      name,
      arn,
      createdAt: call.world.clock.now(),
      shards: count ?? ON_DEMAND_SHARDS,
      mode,
      distribution,
      maxRecordKiB: input.MaxRecordSizeInKiB ?? DEFAULT_RECORD_KIB,
      tags: input.Tags,
    });
    stream.status = "CREATING";
    schedule(stream, nowOf(call) + CHANGE_MS, () => void (stream.status = "ACTIVE"));
    streamsOf(call).byName.set(name, stream);
    return {};
  },
});
