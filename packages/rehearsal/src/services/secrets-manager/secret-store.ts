import type { Random } from "../../random.ts";
import type { Place } from "../../region.ts";

/** One version of a secret: either text or bytes. */
export interface SecretVersion {
  readonly id: string;
  readonly text: string | undefined;
  readonly bytes: Uint8Array | undefined;
  readonly createdDate: Date;
  readonly stages: Set<string>;
}

export interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly kmsKeyId: string | undefined;
  readonly tags: ReadonlyMap<string, string>;
  readonly createdDate: Date;
  readonly versions: Map<string, SecretVersion>;
  lastChangedDate: Date;
  lastAccessedDate: Date | undefined;
  /** When the secret was marked for deletion and when its recovery window ends. */
  deletion: { readonly requestedAt: Date; readonly deletedAt: Date } | undefined;
}

/** The secrets of one region, by name. */
export interface SecretStore {
  readonly byName: Map<string, Secret>;
}

export const createSecretStore = (): SecretStore => ({ byName: new Map() });

const SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** A fresh ARN: a hyphen and six random characters follow the name, so that a secret made anew has another ARN. */
export function makeSecretArn({ partition, region, account }: Place, name: string, random: Random): string {
  return `arn:${partition}:secretsmanager:${region}:${account}:secret:${name}-${random.text(6, SUFFIX)}`;
}
