import { CreateSecret$, type CreateSecretRequest, type CreateSecretResponse } from "@aws-sdk/client-secrets-manager";
import { placeOf } from "../../region.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { Call } from "../../wire/call.ts";
import type { Decoded } from "../../wire/decoded.ts";
import { defineOperation } from "../../wire/operation.ts";
import { faultInTagKeys } from "../tag-keys.ts";
import { CLIENT_REQUEST_TOKEN, VALUE } from "./bounds.ts";
import { arnToAuthorize, findSecret } from "./secret-reading.ts";
import { makeSecretArn, type Secret } from "./secret-store.ts";
import { addVersion, encryptWith, isSameValue, readValue, requireToken } from "./secret-writing.ts";

type Input = Decoded<CreateSecretRequest>;

/** Source: the model's texts of the action and its members. Replicas and partner types are refused: they are not played. */
export const createSecret = defineOperation<CreateSecretRequest, CreateSecretResponse>(CreateSecret$, {
  bounds: {
    Name: { min: 1, max: 512 },
    ClientRequestToken: CLIENT_REQUEST_TOKEN,
    Description: { max: 2048 },
    KmsKeyId: { max: 2048 },
    SecretBinary: VALUE,
    SecretString: VALUE,
    Tags: { each: { members: { Key: { min: 1, max: 128 }, Value: { max: 256 } } } },
    AddReplicaRegions: {
      min: 1,
      each: { members: { Region: { min: 1, max: 128, pattern: "^([a-z]+-)+\\d+$" }, KmsKeyId: { max: 2048 } } },
    },
    Type: { max: 256 },
  },
  run(input, call) {
    call.authorize(arnToAuthorize(call, input.Name));
    refuseUnplayed(input);
    if (!/^[\w/+=.@!-]+$/.test(input.Name)) {
      throw new AwsError(
        "ValidationException",
        "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
      );
    }
    const value = readValue(input);
    const id = value === undefined ? undefined : requireToken(input.ClientRequestToken);
    const existing = findSecret(call, input.Name);
    if (existing !== undefined) return repeat(existing, id, input);
    const tags = readTags(input);
    if (value !== undefined) encryptWith(call, input.KmsKeyId);
    const secret = makeSecret(input, call, tags);
    if (value !== undefined && id !== undefined) addVersion(secret, id, value, ["AWSCURRENT"], secret.createdDate);
    call.world.region(call.region).secrets.byName.set(secret.name, secret);
    return { ARN: secret.arn, Name: secret.name, VersionId: id };
  },
});

function refuseUnplayed(input: Input): void {
  if (input.AddReplicaRegions !== undefined)
    throw new AwsError("InvalidParameterException", "Rehearsal does not play replication of secrets.");
  if (input.Type !== undefined) throw new AwsError("InvalidParameterException", "Rehearsal does not play managed external secrets.");
}

function makeSecret(input: Input, call: Call, tags: ReadonlyMap<string, string>): Secret {
  const now = call.world.clock.now();
  return {
    name: input.Name,
    arn: makeSecretArn(placeOf(call.region, call.world.account), input.Name, call.world.random),
    description: input.Description,
    kmsKeyId: input.KmsKeyId === "" ? undefined : input.KmsKeyId,
    tags,
    createdDate: now,
    versions: new Map(),
    lastChangedDate: now,
    lastAccessedDate: undefined,
    deletion: undefined,
  };
}

/** A retried call with the same token and value succeeds again; any other call for a name in use fails. */
function repeat(existing: Secret, id: string | undefined, input: Input): CreateSecretResponse {
  if (existing.deletion !== undefined) {
    throw new AwsError(
      "InvalidRequestException",
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  }
  const version = id === undefined ? undefined : existing.versions.get(id);
  const value = readValue(input);
  if (version !== undefined && value !== undefined && isSameValue(version, value))
    return { ARN: existing.arn, Name: existing.name, VersionId: version.id };
  throw new AwsError("ResourceExistsException", `The operation failed because the secret ${input.Name} already exists.`);
}

function readTags({ Tags = [] }: Input): ReadonlyMap<string, string> {
  if (Tags.some(({ Key }) => Key === undefined)) throw new AwsError("InvalidParameterException", "Tag keys can't be empty.");
  const keys = Tags.map(({ Key = "" }) => Key);
  const fault = faultInTagKeys(keys, "secret");
  if (fault !== undefined) throw new AwsError("InvalidParameterException", fault);
  return new Map(Tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}
