import { parameterArn, type Parameter, type ParameterStore, type ParameterVersion } from "./parameter-store.ts";
import type { Place } from "../../region.ts";

/** A parameter as the world file describes it. */
export interface ParameterSeed {
  readonly value: string;
  readonly type: ParameterVersion["type"];
  readonly keyId?: string | undefined;
  readonly description?: string | undefined;
  readonly allowedPattern?: string | undefined;
  readonly tier?: "Standard" | "Advanced" | "Intelligent-Tiering" | undefined;
  readonly dataType?: string | undefined;
  readonly labels: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly history: readonly { readonly value: string; readonly labels: readonly string[] }[];
}

/** Put the world file's parameters where they belong. A name that is an ARN makes a parameter of the account and the region it names. */
export function seedParameters(
  storeOf: (region: string) => ParameterStore,
  seeds: Readonly<Record<string, string | ParameterSeed>>,
  place: Place,
  now: Date,
): void {
  for (const [name, seed] of Object.entries(seeds)) {
    const isShared = name.startsWith("arn:");
    const details = typeof seed === "string" ? { value: seed, type: "String" as const, labels: [], tags: {}, history: [] } : seed;
    const parameter: Parameter = {
      name,
      arn: isShared ? name : parameterArn(place, name),
      tags: new Map(Object.entries(details.tags)),
      versions: [...details.history, details].map(({ value, labels }, at) => version(details, value, labels, at + 1, place, now)),
    };
    if (isShared) storeOf(name.split(":")[3] ?? place.region).shared.set(name, parameter);
    else storeOf(place.region).own.set(name, parameter);
  }
}

function version(seed: ParameterSeed, value: string, labels: readonly string[], number: number, place: Place, now: Date): ParameterVersion {
  return {
    version: number,
    value,
    type: seed.type,
    keyId: seed.type === "SecureString" ? (seed.keyId ?? "alias/aws/ssm") : undefined,
    description: seed.description,
    allowedPattern: seed.allowedPattern,
    tier: seed.tier === "Advanced" || Buffer.byteLength(value) > 4096 ? "Advanced" : "Standard",
    dataType: seed.dataType ?? "text",
    policies: [],
    lastModifiedDate: now,
    lastModifiedUser: `arn:${place.partition}:iam::${place.account}:root`,
    labels: new Set(labels),
  };
}
