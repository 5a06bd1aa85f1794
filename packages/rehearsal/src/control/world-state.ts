import type { InstanceState } from "../metadata/instance-state.ts";
import { latest, type ParameterStore } from "../services/ssm/parameter-store.ts";
import type { SecretStore } from "../services/secrets-manager/secret-store.ts";
import type { World } from "../world/world.ts";

/** The world as `/_rehearsal/state` shows it: everything but the values of secrets. */
export function describeState(world: World, instance: InstanceState): object {
  const regions = world.regionNames().map((name) => {
    const { parameters, secrets } = world.region(name);
    return [name, { parameters: describeParameters(parameters), secrets: describeSecrets(secrets) }] as const;
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
