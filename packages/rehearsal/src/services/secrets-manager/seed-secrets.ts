import type { Clock } from "../../clock.ts";
import type { Random } from "../../random.ts";
import type { Place } from "../../region.ts";
import { makeSecretArn, type SecretStore, type SecretVersion } from "./secret-store.ts";

/** A secret as the world file describes it. */
export interface SecretSeed {
  readonly value?: string | undefined;
  readonly binary?: string | undefined;
  readonly previous?: string | undefined;
  readonly description?: string | undefined;
  readonly kmsKeyId?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** Put the world file's secrets into a region's store. */
export function seedSecrets(
  store: SecretStore,
  seeds: Readonly<Record<string, string | SecretSeed>>,
  place: Place,
  { clock, random }: { clock: Clock; random: Random },
): void {
  const now = clock.now();
  for (const [name, seed] of Object.entries(seeds)) {
    const { value, binary, previous, description, kmsKeyId, tags } = typeof seed === "string" ? { value: seed, tags: {} } : { ...seed };
    const versions = new Map<string, SecretVersion>();
    const add = (text: string | undefined, bytes: Uint8Array | undefined, stage: string): void => {
      const id = random.uuid();
      versions.set(id, { id, text, bytes, createdDate: now, stages: new Set([stage]) });
    };
    if (previous !== undefined) add(previous, undefined, "AWSPREVIOUS");
    if (value !== undefined || binary !== undefined) {
      add(value, binary === undefined ? undefined : new Uint8Array(Buffer.from(binary, "base64")), "AWSCURRENT");
    }
    store.byName.set(name, {
      name,
      arn: makeSecretArn(place, name, random),
      description,
      kmsKeyId,
      tags: new Map(Object.entries(tags)),
      createdDate: now,
      versions,
      lastChangedDate: now,
      lastAccessedDate: undefined,
      deletion: undefined,
    });
  }
}
