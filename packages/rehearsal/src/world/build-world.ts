import { createAccessList } from "../access.ts";
import type { Clock } from "../clock.ts";
import type { Random } from "../random.ts";
import { partitionOf, placeOf } from "../region.ts";
import { createDeliveryStore } from "../services/firehose/delivery-stream.ts";
import { seedStreams } from "../services/kinesis/seed-streams.ts";
import { createStreamStore } from "../services/kinesis/stream-store.ts";
import { createKeyRing } from "../services/kms/key-ring.ts";
import { createSecretStore } from "../services/secrets-manager/secret-store.ts";
import { createParameterStore } from "../services/ssm/parameter-store.ts";
import { seedParameters } from "../services/ssm/seed-parameters.ts";
import { seedSecrets } from "../services/secrets-manager/seed-secrets.ts";
import { createSessionStore } from "../services/sts/session-store.ts";
import type { CompleteWorld } from "./complete-world.ts";
import type { Region, World } from "./world.ts";

/** Bring a described world to life. */
export function buildWorld(description: CompleteWorld, clock: Clock, random: Random): World {
  const { account, region: homeRegion } = description;
  const regions = new Map<string, Region>();
  const keys = Object.entries(description.kms.keys).map(([name, { state, deny }]) => ({ name, state, isDenied: deny }));
  const world: World = {
    account,
    homeRegion,
    clock,
    random,
    access: createAccessList(description.access.map(({ deny, on }) => ({ action: deny, resource: on }))),
    sessions: createSessionStore(account, partitionOf(homeRegion), random),
    keys: createKeyRing(keys),
    region(name) {
      const known = regions.get(name);
      if (known !== undefined) return known;
      const fresh = {
        parameters: createParameterStore(),
        secrets: createSecretStore(),
        streams: createStreamStore(),
        deliveryStreams: createDeliveryStore(),
      };
      regions.set(name, fresh);
      return fresh;
    },
    regionNames: () => [...regions.keys()],
  };
  for (const [name, { parameters = {}, secrets = {}, streams = {} }] of [
    [homeRegion, description] as const,
    ...Object.entries(description.regions),
  ]) {
    const place = placeOf(name, account);
    seedParameters((region) => world.region(region).parameters, parameters, place, clock.now());
    seedSecrets(world.region(name).secrets, secrets, place, world);
    seedStreams(world.region(name).streams, streams, place, clock.now().getTime());
  }
  return world;
}
