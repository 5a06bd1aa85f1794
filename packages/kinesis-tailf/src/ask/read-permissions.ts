import {
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
} from "@aws-sdk/client-kinesis";
import type { Permission } from "./permission.ts";
import { tryAction, type Trying, unchecked } from "./try-action.ts";
import { arnOf, type StreamName } from "../service/stream-name.ts";

/** What the tail's own calls showed. */
export interface ReadTrials {
  readonly permissions: readonly Permission[];
  /** The stream's ARN where the user or the service told it. */
  readonly arn: string | undefined;
  /** A shard to try more with. */
  readonly shard: string | undefined;
}

/** A key is asked only when records are decrypted: dry runs do not reach it (Developer Guide, on dry runs). */
const keyPermission = (key = "the stream's key"): Permission => unchecked("kms:Decrypt", `only reading shows whether ${key} may be used`);

/** Try what the tail calls. The calls that have no effect are made; GetRecords is tried dry, at the tip of a shard. */
export async function tryReading(client: KinesisClient, stream: StreamName, trying: Trying): Promise<ReadTrials> {
  const options = { abortSignal: trying.signal };
  const summary = await tryAction("DescribeStreamSummary", () => client.send(new DescribeStreamSummaryCommand(stream), options), trying);
  const listing = await tryAction(
    "ListShards",
    () => client.send(new ListShardsCommand({ ...stream, ShardFilter: { Type: "AT_LATEST" }, MaxResults: 1 }), options),
    trying,
  );
  const isListRefused = listing.permission.verdict === "missing";
  const description = isListRefused
    ? await tryAction("DescribeStream", () => client.send(new DescribeStreamCommand({ ...stream, Limit: 1 }), options), trying)
    : undefined;
  const described = description?.answer?.StreamDescription;
  const shard = (listing.answer?.Shards ?? described?.Shards)?.[0]?.ShardId;
  const settings = summary.answer?.StreamDescriptionSummary ?? described;
  return {
    arn: settings?.StreamARN ?? arnOf(stream).StreamARN,
    shard,
    permissions: [
      summary.permission,
      listing.permission,
      // Only policies written for the original have it and not the other; it is not a permission to ask for.
      ...(described === undefined
        ? []
        : [{ action: "kinesis:DescribeStream", verdict: "ok", note: "used in place of kinesis:ListShards" } as const]),
      ...(await tryShard(client, stream, shard, trying)),
      ...(settings?.EncryptionType === "KMS" ? [keyPermission(settings.KeyId)] : []),
    ],
  };
}

async function tryShard(client: KinesisClient, stream: StreamName, ShardId: string | undefined, trying: Trying): Promise<Permission[]> {
  const options = { abortSignal: trying.signal };
  if (ShardId === undefined) {
    return ["kinesis:GetShardIterator", "kinesis:GetRecords"].map((action) =>
      unchecked(action, "needs the id of a shard, and none was told"),
    );
  }
  // Really called, since GetRecords cannot be tried without an iterator, and an iterator by itself reads nothing.
  const iterating = await tryAction(
    "GetShardIterator",
    () => client.send(new GetShardIteratorCommand({ ...stream, ShardId, ShardIteratorType: "LATEST" }), options),
    trying,
  );
  const ShardIterator = iterating.answer?.ShardIterator;
  if (ShardIterator === undefined) return [iterating.permission, unchecked("kinesis:GetRecords", "needs a shard iterator")];
  const reading = await tryAction(
    "GetRecords",
    () => client.send(new GetRecordsCommand({ ...arnOf(stream), ShardIterator, Limit: 1, DryRun: true }), options),
    trying,
  );
  return [iterating.permission, reading.permission];
}
