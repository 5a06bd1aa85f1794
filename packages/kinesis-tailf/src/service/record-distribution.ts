import type { RecordDistributionStrategy, StreamDescriptionSummary } from "@aws-sdk/client-kinesis";

/** Who picks the shard of a record; undefined where the service does not tell. It tells only of on-demand streams, since others always go by the key. */
export function distributionOf(settings: Partial<StreamDescriptionSummary> | undefined): RecordDistributionStrategy | undefined {
  const isProvisioned = settings?.StreamModeDetails?.StreamMode === "PROVISIONED";
  return settings?.RecordDistributionStrategy ?? (isProvisioned ? "USER_PARTITION_KEY" : undefined);
}
