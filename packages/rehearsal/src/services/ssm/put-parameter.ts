import { PutParameter$, type PutParameterRequest, type PutParameterResult } from "@aws-sdk/client-ssm";
import { AwsError } from "../../wire/aws-error.ts";
import type { Bounds } from "../../wire/bounds.ts";
import type { Call } from "../../wire/call.ts";
import type { Decoded } from "../../wire/decoded.ts";
import { defineOperation } from "../../wire/operation.ts";
import { faultInTagKeys } from "../tag-keys.ts";
import { checkPattern } from "./allowed-pattern.ts";
import { checkDataType, wantsAdvancedTier } from "./data-types.ts";
import { useKey } from "./decryption.ts";
import { NAME, readNewName } from "./names.ts";
import { findOwn, latest, ownArn, type Parameter, type ParameterVersion } from "./parameter-store.ts";
import { parsePolicies } from "./policies.ts";
import { chooseTier } from "./tiers.ts";

type Input = Decoded<PutParameterRequest>;

/** `ParameterType` and `ParameterTier` in the model. */
const TYPES = ["String", "StringList", "SecureString"] as const;
const TIERS = ["Standard", "Advanced", "Intelligent-Tiering"] as const;

/** `TagList` in the model. */
const TAG_TEXT = "^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$";
const TAGS: Bounds = {
  max: 1000,
  each: { members: { Key: { min: 1, max: 128, pattern: TAG_TEXT }, Value: { min: 0, max: 256, pattern: TAG_TEXT } } },
};

/** Parameter Store keeps 100 versions (text of ParameterMaxVersionLimitExceeded). */
const VERSIONS_KEPT = 100;

const invalid = (message: string): AwsError => new AwsError("ValidationException", message);

/**
 * Source: the model's texts of the action, its members and its errors; sentences as the service is reported to say them.
 * Guesses: sizes count UTF-8 bytes; a new version without Description, AllowedPattern, DataType, Tier or Policies keeps those of the version before, and
 * one without KeyId takes the account's default key.
 */
export const putParameter = defineOperation<PutParameterRequest, PutParameterResult>(PutParameter$, {
  bounds: {
    Name: NAME,
    Description: { max: 1024 },
    Value: { min: 1, isSensitive: true },
    Type: { oneOf: TYPES },
    KeyId: { min: 1, max: 256, pattern: "^([a-zA-Z0-9:/_-]+)$" },
    AllowedPattern: { max: 1024 },
    Tags: TAGS,
    Tier: { oneOf: TIERS },
    Policies: { min: 1, max: 4096 },
    DataType: { max: 128 },
  },
  run(input, call) {
    const name = readNewName(input.Name, (text) => ownArn(call, text));
    call.authorize(ownArn(call, name));
    const existing = findOwn(call, name);
    checkOverwrite(input, existing);
    const tags = readTags(input);
    const version = nextVersion(input, call, existing);
    if (existing === undefined) {
      call.world.region(call.region).parameters.own.set(name, { name, arn: ownArn(call, name), tags, versions: [version] });
    } else {
      makeRoom(existing);
      existing.versions.push(version);
    }
    return { Version: version.version, Tier: version.tier };
  },
});

function checkOverwrite(input: Input, existing: Parameter | undefined): void {
  if (input.Overwrite === true && (input.Tags ?? []).length > 0) {
    throw invalid(
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
    );
  }
  if (existing === undefined) {
    if (input.Type === undefined) throw invalid("A parameter type is required when you create a parameter.");
    return;
  }
  if (input.Overwrite !== true) {
    throw new AwsError(
      "ParameterAlreadyExists",
      "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
    );
  }
  if (input.Type !== undefined && input.Type !== latest(existing).type) {
    throw new AwsError(
      "HierarchyTypeMismatchException",
      `The parameter type can't be changed from ${latest(existing).type} to ${input.Type}. You must create a new, unique parameter.`,
    );
  }
}

function readTags({ Tags: tags = [] }: Input): ReadonlyMap<string, string> {
  const keys = tags.map(({ Key }) => Key);
  const fault = faultInTagKeys(keys, "parameter");
  if (fault !== undefined) throw invalid(fault);
  return new Map(tags.map(({ Key, Value }) => [Key, Value]));
}

function nextVersion(input: Input, call: Call, existing: Parameter | undefined): ParameterVersion {
  const before = existing === undefined ? undefined : latest(existing);
  const type = input.Type ?? before?.type ?? "String";
  const { Value: value } = input;
  if (/\{\{.*\}\}/s.test(value)) throw invalid('Parameter value, can\'t nest another parameter. Do not use "{{}}" in the value.');
  if (input.KeyId !== undefined && type !== "SecureString") throw invalid("KeyId is required for SecureString type parameter only.");
  const allowedPattern = input.AllowedPattern ?? before?.allowedPattern;
  checkPattern(value, allowedPattern);
  const dataType = checkDataType(input.DataType ?? before?.dataType ?? "text", type, value, before?.dataType);
  const policies = input.Policies === undefined ? (before?.policies ?? []) : parsePolicies(input.Policies);
  const tier = chooseTier(input.Tier, before, value, policies.length > 0 || wantsAdvancedTier(dataType));
  const keyId = type === "SecureString" ? (input.KeyId ?? "alias/aws/ssm") : undefined;
  // Standard values are encrypted by KMS itself, advanced ones by envelope encryption (user guide, "SecureString parameters").
  if (keyId !== undefined) useKey(call, keyId, tier === "Standard" ? "kms:Encrypt" : "kms:GenerateDataKey");
  return {
    version: (before?.version ?? 0) + 1,
    value,
    type,
    keyId,
    description: input.Description ?? before?.description,
    allowedPattern,
    tier,
    dataType,
    policies,
    lastModifiedDate: call.world.clock.now(),
    lastModifiedUser: call.caller.arn,
    labels: new Set(),
  };
}

/** Drop the oldest version when the store is full, unless a label holds it. */
function makeRoom({ name, versions }: Parameter): void {
  const [oldest] = versions;
  if (oldest === undefined || versions.length < VERSIONS_KEPT) return;
  if (oldest.labels.size > 0) {
    throw new AwsError(
      "ParameterMaxVersionLimitExceeded",
      `You attempted to create a new version of ${name} by calling the PutParameter API with the overwrite flag. Version ${oldest.version}, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.`,
    );
  }
  versions.shift();
}
