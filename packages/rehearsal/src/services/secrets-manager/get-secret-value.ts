import { GetSecretValue$, type GetSecretValueRequest, type GetSecretValueResponse } from "@aws-sdk/client-secrets-manager";
import { AwsError } from "../../wire/aws-error.ts";
import { defineOperation } from "../../wire/operation.ts";
import { SECRET_ID, VERSION_STAGE } from "./bounds.ts";
import { refuseDeleted } from "./secret-errors.ts";
import { decryptSecret, findVersion, requireSecret } from "./secret-reading.ts";
import type { Secret, SecretVersion } from "./secret-store.ts";

/** Source: the model's texts of the action and its members; sentences as users report them. */
export const getSecretValue = defineOperation<GetSecretValueRequest, GetSecretValueResponse>(GetSecretValue$, {
  bounds: { SecretId: SECRET_ID, VersionId: { min: 32, max: 64 }, VersionStage: VERSION_STAGE },
  run({ SecretId, VersionId, VersionStage }, call) {
    const secret = requireSecret(call, SecretId);
    refuseDeleted(secret);
    const version = findVersion(secret, VersionId, VersionStage);
    if (version === undefined) throw versionNotFound(secret, VersionId, VersionStage);
    decryptSecret(call, secret);
    return answerValue(secret, version);
  },
});

function versionNotFound(secret: Secret, id: string | undefined, stage: string | undefined): AwsError {
  if (id !== undefined && secret.versions.has(id)) {
    return new AwsError("InvalidRequestException", "You provided a VersionStage that is not associated to the provided VersionId.");
  }
  const what = id === undefined ? `staging label: ${stage ?? "AWSCURRENT"}` : `VersionId: ${id}`;
  return new AwsError("ResourceNotFoundException", `Secrets Manager can't find the specified secret value for ${what}`);
}

/** One version with its value: the members that GetSecretValue and the entries of BatchGetSecretValue have in common. */
export const answerValue = (secret: Secret, version: SecretVersion): GetSecretValueResponse => ({
  ARN: secret.arn,
  Name: secret.name,
  VersionId: version.id,
  SecretBinary: version.bytes,
  SecretString: version.text,
  VersionStages: [...version.stages],
  CreatedDate: version.createdDate,
});
