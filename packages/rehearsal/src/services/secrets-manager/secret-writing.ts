import { AwsError } from "../../wire/aws-error.ts";
import type { Call } from "../../wire/call.ts";
import { refusalOf } from "../kms/key-ring.ts";
import type { Secret, SecretVersion } from "./secret-store.ts";

export interface SecretValue {
  readonly text: string | undefined;
  readonly bytes: Uint8Array | undefined;
}

/** Read the value of a request; undefined when it carries none. Text and bytes together are refused. */
export function readValue(input: {
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: Uint8Array | undefined;
}): SecretValue | undefined {
  const { SecretString: text, SecretBinary: bytes } = input;
  if (text !== undefined && bytes !== undefined) {
    throw new AwsError(
      "InvalidParameterException",
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  }
  if (text !== undefined && Buffer.byteLength(text) > 65_536) {
    throw new AwsError("InvalidParameterException", "The secret value is longer than 65536 bytes.");
  }
  return text === undefined && bytes === undefined ? undefined : { text, bytes };
}

/** A caller that is no SDK must make the token itself (model text of ClientRequestToken). */
export function requireToken(token: string | undefined): string {
  if (token === undefined)
    throw new AwsError("InvalidRequestException", "You must provide a ClientRequestToken value. We recommend a UUID-type value.");
  return token;
}

export const isSameValue = (version: SecretVersion, { text, bytes }: SecretValue): boolean =>
  version.text === text && Buffer.compare(version.bytes ?? new Uint8Array(), bytes ?? new Uint8Array()) === 0;

/** Throw the model's EncryptionFailure when KMS would not encrypt with the secret's key. */
export function encryptWith(call: Call, kmsKeyId: string | undefined): void {
  const refusal = refusalOf(call, kmsKeyId ?? "alias/aws/secretsmanager", "kms:GenerateDataKey");
  if (refusal === undefined) return;
  if (refusal.code === "AccessDeniedException") throw new AwsError("AccessDeniedException", "Access to KMS is not allowed");
  throw new AwsError(
    "EncryptionFailure",
    `Secrets Manager can't encrypt the protected secret text using the provided KMS key. ${refusal.message}`,
  );
}

/**
 * Add a version and hang staging labels on it, taking each from the version that had it.
 * When AWSCURRENT moves, AWSPREVIOUS follows to the version it was taken from; the first version always gets AWSCURRENT.
 */
export function addVersion(secret: Secret, id: string, value: SecretValue, stages: readonly string[], now: Date): SecretVersion {
  makeRoom(secret, now);
  const isFirst = secret.versions.size === 0;
  const before = [...secret.versions.values()].find((version) => version.stages.has("AWSCURRENT"));
  const version: SecretVersion = { id, ...value, createdDate: now, stages: new Set() };
  secret.versions.set(id, version);
  for (const stage of isFirst ? new Set([...stages, "AWSCURRENT"]) : stages) moveStage(secret, stage, version);
  if (before !== undefined && version.stages.has("AWSCURRENT")) moveStage(secret, "AWSPREVIOUS", before);
  secret.lastChangedDate = now;
  return version;
}

function moveStage(secret: Secret, stage: string, to: SecretVersion): void {
  for (const version of secret.versions.values()) version.stages.delete(stage);
  to.stages.add(stage);
}

/**
 * A secret keeps about 100 versions: the oldest without a label gives way, but none that is younger than a day
 * (model text of PutSecretValue; that the hundred-and-first in a day is a LimitExceededException is a guess from it).
 */
function makeRoom({ versions }: Secret, now: Date): void {
  if (versions.size < 100) return;
  const dayAgo = now.getTime() - 86_400_000;
  const deprecated = [...versions.values()].find(({ stages, createdDate }) => stages.size === 0 && createdDate.getTime() <= dayAgo);
  if (deprecated === undefined) throw new AwsError("LimitExceededException", "This secret has reached its quota of versions.");
  versions.delete(deprecated.id);
}
