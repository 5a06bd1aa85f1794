import {
  DescribeSecret$,
  type DescribeSecretRequest,
  type DescribeSecretResponse,
  type SecretListEntry,
} from "@aws-sdk/client-secrets-manager";
import { defineOperation } from "../../wire/operation.ts";
import { SECRET_ID } from "./bounds.ts";
import { requireSecret } from "./secret-reading.ts";
import type { Secret } from "./secret-store.ts";

/** Source: the model's texts: only members with a value, DeletedDate is the day the secret is scheduled to go. Works on secrets marked for deletion too. */
export const describeSecret = defineOperation<DescribeSecretRequest, DescribeSecretResponse>(DescribeSecret$, {
  bounds: { SecretId: SECRET_ID },
  run(input, call) {
    const secret = requireSecret(call, input.SecretId);
    const stages = stagesOf(secret);
    return {
      ...describe(secret),
      DeletedDate: secret.deletion?.deletedAt,
      VersionIdsToStages: Object.keys(stages).length === 0 ? undefined : stages,
    };
  },
});

/** What DescribeSecret and the entries of ListSecrets have in common. */
export function describe(secret: Secret): DescribeSecretResponse & SecretListEntry {
  const tags = [...secret.tags].map(([Key, Value]) => ({ Key, Value }));
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    KmsKeyId: secret.kmsKeyId === "alias/aws/secretsmanager" ? undefined : secret.kmsKeyId,
    LastChangedDate: secret.lastChangedDate,
    LastAccessedDate: secret.lastAccessedDate,
    Tags: tags.length === 0 ? undefined : tags,
    CreatedDate: secret.createdDate,
  };
}

/** Versions that have labels; the others are deprecated and not shown. */
export const stagesOf = ({ versions }: Secret): Record<string, string[]> =>
  Object.fromEntries([...versions.values()].filter(({ stages }) => stages.size > 0).map(({ id, stages }) => [id, [...stages]]));
