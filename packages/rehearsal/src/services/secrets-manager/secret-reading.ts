import { AwsError } from "../../wire/aws-error.ts";
import type { Call } from "../../wire/call.ts";
import { placeOf } from "../../region.ts";
import { refusalOf } from "../kms/key-ring.ts";
import { secretNotFound } from "./secret-errors.ts";
import type { Secret, SecretVersion } from "./secret-store.ts";

export interface ReadSecret {
  readonly secret: Secret;
  readonly version: SecretVersion;
}

/**
 * The secret that a name, an ARN or a partial ARN (without the hyphen and six characters) means; undefined when there is none.
 * A secret whose recovery window is over is gone. Source: user guide, "Finding a secret from a partial ARN".
 */
export function findSecret(call: Call, id: string): Secret | undefined {
  const now = call.world.clock.now();
  const secrets = [...call.world.region(call.region).secrets.byName.values()].filter(
    ({ deletion }) => deletion === undefined || now < deletion.deletedAt,
  );
  return (
    secrets.find(({ name, arn }) => name === id || arn === id) ??
    secrets.find(({ arn }) => id.startsWith("arn:") && arn.slice(0, -7) === id)
  );
}

/** The ARN that permissions are checked against, also for a secret that is not there. */
export function arnToAuthorize(call: Call, id: string): string {
  const found = findSecret(call, id);
  if (found !== undefined) return found.arn;
  const { partition, region, account } = placeOf(call.region, call.world.account);
  return id.startsWith("arn:") ? id : `arn:${partition}:secretsmanager:${region}:${account}:secret:${id}`;
}

/** The secret that a request means, with the caller's permission checked; throws ResourceNotFoundException when there is none. */
export function requireSecret(call: Call, id: string): Secret {
  call.authorize(arnToAuthorize(call, id));
  const secret = findSecret(call, id);
  if (secret === undefined) throw secretNotFound();
  return secret;
}

/** Pick a version by id and stage; both must mean the same one, and neither means AWSCURRENT. */
export function findVersion(secret: Secret, id: string | undefined, stage: string | undefined): SecretVersion | undefined {
  const wanted = id === undefined ? (stage ?? "AWSCURRENT") : stage;
  return [...secret.versions.values()].find(
    (version) => (id === undefined || version.id === id) && (wanted === undefined || version.stages.has(wanted)),
  );
}

/** Mark the secret as read today (dates of access have no time of day), after KMS has agreed to decrypt it. */
export function decryptSecret(call: Call, secret: Secret): void {
  const refusal = refusalOf(call, secret.kmsKeyId ?? "alias/aws/secretsmanager", "kms:Decrypt");
  if (refusal !== undefined) {
    // Seen in andresriancho/aws-backup issue 5 for a missing permission; the model's DecryptionFailure for a key in a bad state.
    throw refusal.code === "AccessDeniedException"
      ? new AwsError("AccessDeniedException", "Access to KMS is not allowed")
      : new AwsError(
          "DecryptionFailure",
          `Secrets Manager can't decrypt the protected secret text using the provided KMS key. ${refusal.message}`,
        );
  }
  const now = call.world.clock.now();
  secret.lastAccessedDate = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
}

/** Read a secret for Parameter Store, whose selector is a version id or a staging label. Undefined when it is not there or marked for deletion. */
export function readSecret(call: Call, id: string, selector: string | undefined): ReadSecret | undefined {
  const secret = findSecret(call, id);
  if (secret === undefined || secret.deletion !== undefined) return undefined;
  call.authorize(secret.arn, "secretsmanager:GetSecretValue");
  const version = findVersion(secret, undefined, selector) ?? (selector === undefined ? undefined : secret.versions.get(selector));
  if (version === undefined) return undefined;
  decryptSecret(call, secret);
  return { secret, version };
}
