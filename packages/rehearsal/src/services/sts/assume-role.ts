import { AssumeRole$, type AssumeRoleRequest, type AssumeRoleResponse } from "@aws-sdk/client-sts";
import { AwsError } from "../../wire/aws-error.ts";
import type { Bounds } from "../../wire/bounds.ts";
import { defineOperation } from "../../wire/operation.ts";
import { ARN, DURATION_SECONDS, MINIMUM_TOKEN_SIZE, POLICY_ARNS, readRoleArn, SESSION_NAME } from "./role-arn.ts";
import { assume } from "./role-credentials.ts";
import { packedPolicySize } from "./session-policy.ts";

const TAG_KEY: Bounds = { min: 1, max: 128, pattern: "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+" };
const TAG_VALUE: Bounds = { min: 0, max: 256, pattern: "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*" };

/**
 * Source: the model's texts of the action and its members. Every role can be assumed until the world denies `sts:AssumeRole` on it;
 * a role's own maximum session duration is not played, the hour that role chaining allows is.
 */
export const assumeRole = defineOperation<AssumeRoleRequest, AssumeRoleResponse>(AssumeRole$, {
  bounds: {
    RoleArn: ARN,
    RoleSessionName: SESSION_NAME,
    PolicyArns: POLICY_ARNS,
    Policy: { min: 1, pattern: "[\\t\\n\\r\\u0020-\\u00FF]+" },
    DurationSeconds: DURATION_SECONDS,
    Tags: { max: 50, each: { members: { Key: TAG_KEY, Value: TAG_VALUE } } },
    TransitiveTagKeys: { max: 50, each: TAG_KEY },
    ExternalId: { min: 2, max: 1224, pattern: "[\\w+=,.@:\\/-]*" },
    SerialNumber: { min: 9, max: 256, pattern: "[\\w+=/:,.@-]*" },
    TokenCode: { min: 6, max: 6, pattern: "[\\d]*" },
    SourceIdentity: { min: 2, max: 64, pattern: "[\\w+=,.@-]*" },
    ProvidedContexts: { min: 1, max: 5, each: { members: { ProviderArn: ARN, ContextAssertion: { min: 4, max: 2048 } } } },
    MinimumSessionTokenSize: MINIMUM_TOKEN_SIZE,
  },
  run(input, call) {
    const role = readRoleArn(input.RoleArn);
    call.authorize(input.RoleArn);
    const isChained = call.caller.arn.includes(":assumed-role/");
    if (isChained && (input.DurationSeconds ?? 0) > 3600) {
      throw new AwsError(
        "ValidationException",
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
      );
    }
    const keys = (input.Tags ?? []).map(({ Key }) => Key.toLowerCase());
    if (new Set(keys).size < keys.length) {
      throw new AwsError("InvalidParameterValue", "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
    }
    if ((input.SerialNumber === undefined) !== (input.TokenCode === undefined)) {
      throw new AwsError(
        "AccessDeniedException",
        "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.",
      );
    }
    const issued = assume(call, {
      roleArn: input.RoleArn,
      role,
      sessionName: input.RoleSessionName,
      durationSeconds: input.DurationSeconds,
      minimumTokenSize: input.MinimumSessionTokenSize,
    });
    return { ...issued, PackedPolicySize: packedPolicySize(input.Policy, input.PolicyArns ?? []), SourceIdentity: input.SourceIdentity };
  },
});
