import { CreateStream$, type CreateStreamInput } from "@aws-sdk/client-kinesis";
import { AwsError } from "../../wire/aws-error.ts";
import type { Call } from "../../wire/call.ts";
import { defineOperation } from "../../wire/operation.ts";
import { schedule } from "./agenda.ts";
import { DISTRIBUTION, MAX_RECORD_SIZE, STREAM_MODE, STREAM_NAME, TAGS } from "./bounds.ts";
import { nowOf, streamArn, streamNamed, streamsOf } from "./find-stream.ts";
import { invalidArgument, refuseAutoUnlessOnDemand, refuseWarmthUnlessOnDemand } from "./kinesis-errors.ts";
import { DEFAULT_RECORD_KIB, makeStream, ON_DEMAND_SHARDS } from "./make-stream.ts";
import { CHANGE_MS } from "./resharding.ts";
import { MAX_SHARDS, openShards } from "./shards.ts";
import { refuseTags } from "./tags.ts";

/** Source: the model's texts of the action and its members. Of the account's quotas only that of shards is, for each stream alone. */
export const createStream = defineOperation<CreateStreamInput, object>(CreateStream$, {
  bounds: {
    StreamName: STREAM_NAME,
    ShardCount: { min: 1 },
    StreamModeDetails: STREAM_MODE,
    Tags: TAGS,
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
    if (count !== undefined && count > MAX_SHARDS) throw tooManyShards(call, count);
    const distribution = input.RecordDistributionStrategy ?? "USER_PARTITION_KEY";
    refuseAutoUnlessOnDemand(mode, distribution);
    refuseWarmthUnlessOnDemand(mode, input.WarmThroughputMiBps);
    refuseTags(call, "stream", name, Object.keys(input.Tags ?? {}));
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

/** The sentence is what mhart/kinesalite, test/createStream.js, had from the service. */
function tooManyShards(call: Call, count: number): AwsError {
  const current = [...streamsOf(call).byName.values()].reduce((sum, stream) => sum + openShards(stream).length, 0);
  return new AwsError(
    "LimitExceededException",
    `This request would exceed the shard limit for the account ${call.world.account} in ${call.region}. Current shard count for the account: ${current}. Limit: ${MAX_SHARDS}. Number of additional shards that would have resulted from this request: ${count}. Refer to the AWS Service Limits page (http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits and how to request higher limits.`,
  );
}
