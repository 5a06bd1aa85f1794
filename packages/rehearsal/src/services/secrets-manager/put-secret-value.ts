import { PutSecretValue$, type PutSecretValueRequest, type PutSecretValueResponse } from "@aws-sdk/client-secrets-manager";
import { AwsError } from "../../wire/aws-error.ts";
import { defineOperation } from "../../wire/operation.ts";
import { CLIENT_REQUEST_TOKEN, SECRET_ID, VALUE, VERSION_STAGE } from "./bounds.ts";
import { refuseDeleted } from "./secret-errors.ts";
import { requireSecret } from "./secret-reading.ts";
import type { Secret, SecretVersion } from "./secret-store.ts";
import { addVersion, encryptWith, isSameValue, readValue, requireToken } from "./secret-writing.ts";

/** Source: the model's texts of the action and its members. A RotationToken is accepted and means nothing: rotation is not played. */
export const putSecretValue = defineOperation<PutSecretValueRequest, PutSecretValueResponse>(PutSecretValue$, {
  bounds: {
    SecretId: SECRET_ID,
    ClientRequestToken: CLIENT_REQUEST_TOKEN,
    SecretBinary: VALUE,
    SecretString: VALUE,
    VersionStages: { min: 1, max: 20, each: VERSION_STAGE },
    RotationToken: { min: 36, max: 256, pattern: "^[a-zA-Z0-9\\-]+$", isSensitive: true },
  },
  run(input, call) {
    const secret = requireSecret(call, input.SecretId);
    refuseDeleted(secret);
    const value = readValue(input);
    if (value === undefined) throw new AwsError("InvalidRequestException", "You must provide either SecretString or SecretBinary.");
    const id = requireToken(input.ClientRequestToken);
    const existing = secret.versions.get(id);
    if (existing !== undefined) {
      if (isSameValue(existing, value)) return answer(secret, existing);
      throw new AwsError(
        "ResourceExistsException",
        `You can't modify the existing version ${id} of this secret; you can only create new versions.`,
      );
    }
    encryptWith(call, secret.kmsKeyId);
    return answer(secret, addVersion(secret, id, value, input.VersionStages ?? ["AWSCURRENT"], call.world.clock.now()));
  },
});

const answer = ({ arn, name }: Secret, { id, stages }: SecretVersion): PutSecretValueResponse => ({
  ARN: arn,
  Name: name,
  VersionId: id,
  VersionStages: [...stages],
});
