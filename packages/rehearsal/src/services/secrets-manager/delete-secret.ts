import { DeleteSecret$, type DeleteSecretRequest, type DeleteSecretResponse } from "@aws-sdk/client-secrets-manager";
import { placeOf } from "../../region.ts";
import { AwsError } from "../../wire/aws-error.ts";
import { defineOperation } from "../../wire/operation.ts";
import { SECRET_ID } from "./bounds.ts";
import { refuseDeleted, secretNotFound } from "./secret-errors.ts";
import { arnToAuthorize, findSecret } from "./secret-reading.ts";
import { makeSecretArn } from "./secret-store.ts";

const DAY_MS = 86_400_000;

/** Source: the model's texts of the action and its members: a window of 7 to 30 days, 30 when absent; by force at once, even for a secret that is not there. */
export const deleteSecret = defineOperation<DeleteSecretRequest, DeleteSecretResponse>(DeleteSecret$, {
  bounds: { SecretId: SECRET_ID },
  run({ SecretId, RecoveryWindowInDays: days, ForceDeleteWithoutRecovery: isForced = false }, call) {
    call.authorize(arnToAuthorize(call, SecretId));
    if (isForced && days !== undefined) {
      throw new AwsError("InvalidParameterException", "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    }
    if (days !== undefined && (days < 7 || days > 30)) {
      throw new AwsError("InvalidParameterException", "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
    }
    const now = call.world.clock.now();
    const secret = findSecret(call, SecretId);
    if (secret === undefined) {
      if (!isForced) throw secretNotFound();
      const { world, region } = call;
      const arn = SecretId.startsWith("arn:") ? SecretId : makeSecretArn(placeOf(region, world.account), SecretId, world.random);
      return { ARN: arn, Name: SecretId.startsWith("arn:") ? nameIn(SecretId) : SecretId, DeletionDate: now };
    }
    const { arn, name } = secret;
    if (isForced) {
      call.world.region(call.region).secrets.byName.delete(name);
      return { ARN: arn, Name: name, DeletionDate: now };
    }
    refuseDeleted(secret);
    const deletedAt = new Date(now.getTime() + (days ?? 30) * DAY_MS);
    secret.deletion = { requestedAt: now, deletedAt };
    return { ARN: arn, Name: name, DeletionDate: deletedAt };
  },
});

const nameIn = (arn: string): string =>
  arn
    .split(":")
    .slice(6)
    .join(":")
    .replace(/-[A-Za-z0-9]{6}$/, "");
