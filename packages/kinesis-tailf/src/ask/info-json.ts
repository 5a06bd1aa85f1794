import { shareOf } from "./known-shard.ts";
import { distributionOf } from "../service/record-distribution.ts";
import type { StreamFacts } from "./stream-facts.ts";

/** A stream as one line of JSON. Names of the members are part of the public interface; null stands for what could not be known. */
export function infoJson({ title, settings, consumers, shards, refused }: StreamFacts): string {
  const count = (isOpen: boolean): number | undefined => shards?.filter((shard) => shard.isOpen === isOpen).length;
  const document = {
    stream: settings?.StreamName ?? title,
    arn: settings?.StreamARN ?? null,
    status: settings?.StreamStatus ?? null,
    mode: settings?.StreamModeDetails?.StreamMode ?? null,
    created: settings?.StreamCreationTimestamp?.toISOString() ?? null,
    retentionHours: settings?.RetentionPeriodHours ?? null,
    encryption: settings?.EncryptionType ?? null,
    key: settings?.KeyId ?? null,
    maxRecordSizeKiB: settings?.MaxRecordSizeInKiB ?? null,
    recordDistribution: distributionOf(settings) ?? null,
    warmThroughputMiBps: settings?.WarmThroughput?.CurrentMiBps ?? null,
    channels: settings?.ChannelCount ?? null,
    openShards: count(true) ?? settings?.OpenShardCount ?? null,
    closedShards: count(false) ?? null,
    consumers:
      consumers?.map(({ ConsumerName: name, ConsumerARN: arn, ConsumerStatus: status, ConsumerCreationTimestamp: created }) => ({
        name,
        arn,
        status,
        created: created?.toISOString() ?? null,
      })) ?? null,
    shards:
      shards?.map((shard) => ({
        id: shard.id,
        state: shard.isOpen ? "open" : "closed",
        parents: shard.parents,
        // Numbers of 128 bits are more than readers of JSON keep.
        hashFrom: String(shard.hash.from),
        hashTo: String(shard.hash.to),
        share: shareOf(shard),
      })) ?? null,
    refused,
  };
  return `${JSON.stringify(document)}\n`;
}
