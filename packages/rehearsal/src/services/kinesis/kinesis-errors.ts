import type { RecordDistributionStrategy, StreamMode } from "@aws-sdk/client-kinesis";
import { AwsError } from "../../wire/aws-error.ts";
import type { Call } from "../../wire/call.ts";
import type { Shard, Stream } from "./stream-store.ts";

/** Sentences of the service, as its documentation's examples and users' reports show them unless a line says otherwise. */
export const streamNotFound = (call: Call, name: string): AwsError =>
  new AwsError("ResourceNotFoundException", `Stream ${name} under account ${call.world.account} not found.`);

/** How sentences name a stream that is there. */
export const streamText = ({ name, arn }: Stream): string => `stream ${name} under account ${arn.split(":")[4]}`;

export const shardNotFound = (stream: Stream, id: string): AwsError =>
  new AwsError("ResourceNotFoundException", `Could not find shard ${id} in ${streamText(stream)}.`);

export const invalidArgument = (message: string): AwsError => new AwsError("InvalidArgumentException", message);

export const rateExceededText = (call: Call, stream: Stream, shard: Shard): string =>
  `Rate exceeded for shard ${shard.id} in stream ${stream.name} under account ${call.world.account}.`;

export const rateExceeded = (call: Call, stream: Stream, shard: Shard): AwsError =>
  new AwsError("ProvisionedThroughputExceededException", rateExceededText(call, stream, shard));

/** Only on-demand streams place records by themselves (the model's text of UpdateStreamRecordDistributionStrategy). */
export function refuseAutoUnlessOnDemand(mode: StreamMode, distribution: RecordDistributionStrategy): void {
  if (mode === "ON_DEMAND" || distribution !== "AUTO") return;
  throw invalidArgument("RecordDistributionStrategy AUTO is only supported for ON_DEMAND streams.");
}

/** Only on-demand streams are warmed (the model's text of UpdateStreamMode; that CreateStream refuses too is kinesis-local's; the sentence is a guess). */
export function refuseWarmthUnlessOnDemand(mode: StreamMode, warmThroughput: number | undefined): void {
  if (mode === "ON_DEMAND" || warmThroughput === undefined) return;
  throw invalidArgument("WarmThroughputMiBps must not be given for a PROVISIONED stream.");
}

/** Splits, merges and shard counts are for provisioned streams (model texts of these actions; the sentence is a guess). */
export function refuseOnDemand({ name, mode }: Stream, action: string): void {
  if (mode !== "ON_DEMAND") return;
  throw new AwsError("ValidationException", `${action} is not supported for stream ${name}, whose capacity mode is ON_DEMAND.`);
}
