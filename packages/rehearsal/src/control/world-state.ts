import type { InstanceState } from "../metadata/instance-state.ts";
import type { DeliveryStore } from "../services/firehose/delivery-stream.ts";
import { settle } from "../services/kinesis/agenda.ts";
import { isOpen } from "../services/kinesis/shards.ts";
import type { StreamStore } from "../services/kinesis/stream-store.ts";
import { latest, type ParameterStore } from "../services/ssm/parameter-store.ts";
import type { SecretStore } from "../services/secrets-manager/secret-store.ts";
import type { World } from "../world/world.ts";

/** The world as `/_rehearsal/state` shows it: everything but the values of secrets. */
export function describeState(world: World, instance: InstanceState): object {
  const regions = world.regionNames().map((name) => {
    const { parameters, secrets, streams, deliveryStreams } = world.region(name);
    const described = {
      parameters: describeParameters(parameters),
      secrets: describeSecrets(secrets),
      streams: describeStreams(streams, world.clock.now().getTime()),
      deliveryStreams: describeDeliveries(deliveryStreams),
    };
    return [name, described] as const;
  });
  return {
    now: world.clock.now(),
    account: world.account,
    homeRegion: world.homeRegion,
    regions: Object.fromEntries(regions),
    keys: [...world.keys.keys.values()],
    denials: world.access.denials,
    instance: { ...instance, maintenance: [...instance.maintenance.values()] },
  };
}

const describeParameters = ({ own, shared }: ParameterStore): object[] =>
  [...own.values(), ...shared.values()].map((parameter) => {
    const { version, type, value, tier, keyId, lastModifiedDate } = latest(parameter);
    const labels = Object.fromEntries(
      parameter.versions.flatMap((each) => [...each.labels].map((label) => [label, each.version] as const)),
    );
    return {
      name: parameter.name,
      arn: parameter.arn,
      type,
      version,
      tier,
      keyId,
      lastModifiedDate,
      labels,
      ...(type === "SecureString" ? {} : { value }),
    };
  });

const describeSecrets = ({ byName }: SecretStore): object[] =>
  [...byName.values()].map(({ name, arn, kmsKeyId, versions, deletion }) => ({
    name,
    arn,
    kmsKeyId,
    deletedAt: deletion?.deletedAt,
    versions: [...versions.values()].map(({ id, stages }) => ({ id, stages: [...stages] })),
  }));

/** Counts instead of records: GetRecords shows those. */
const describeStreams = ({ byName }: StreamStore, now: number): object[] => {
  for (const stream of byName.values()) settle(stream, now);
  return [...byName.values()].map(({ name, arn, status, mode, distribution, retentionHours, shards, consumers }) => ({
    name,
    arn,
    status,
    mode,
    distribution,
    retentionHours,
    shards: shards.map((shard) => ({
      id: shard.id,
      parents: shard.parents.map(({ id }) => id),
      isOpen: isOpen(shard),
      records: shard.records.length,
    })),
    consumers: [...consumers.values()].map((consumer) => ({ name: consumer.name, arn: consumer.arn, status: consumer.status })),
  }));
};

const describeDeliveries = ({ byName }: DeliveryStore): object[] =>
  [...byName.values()].map(({ name, arn, delivered }) => ({
    name,
    arn,
    delivered: delivered.map(({ arrivedAt, data }) => ({ arrivedAt, ...showBytes(data) })),
  }));

/** Bytes as text where they are UTF-8, else in base64, as the journal shows bodies. */
function showBytes(data: Uint8Array): { data: string } | { dataBase64: string } {
  const text = Buffer.from(data).toString("utf8");
  return Buffer.from(text).equals(data) ? { data: text } : { dataBase64: Buffer.from(data).toString("base64") };
}
