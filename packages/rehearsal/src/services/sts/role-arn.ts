import { AwsError } from "../../wire/aws-error.ts";
import type { Bounds } from "../../wire/bounds.ts";

/** `arnType` in the model. */
export const ARN: Bounds = {
  min: 20,
  max: 2048,
  pattern: "[\\t\\n\\r\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u{10000}-\\u{10FFFF}]+",
};

/** `roleSessionNameType` in the model. */
export const SESSION_NAME: Bounds = { min: 2, max: 64, pattern: "[\\w+=,.@-]*" };

/** `roleDurationSecondsType` in the model. */
export const DURATION_SECONDS: Bounds = { min: 900, max: 43_200 };

/** "The value must not exceed 4,096 bytes" (model text of MinimumSessionTokenSize). */
export const MINIMUM_TOKEN_SIZE: Bounds = { min: 0, max: 4096 };

/** Up to ten managed policies (model text of PolicyArns). */
export const POLICY_ARNS: Bounds = { max: 10, each: { members: { arn: ARN } } };

export interface Role {
  readonly partition: string;
  readonly account: string;
  /** Last part of the name, without the path: what the session's ARN carries. */
  readonly name: string;
}

/** Take a role's ARN apart. Any well-formed role exists: IAM is not played. */
export function readRoleArn(arn: string): Role {
  const [, partition, account, name] = /^arn:(aws[\w-]*):iam::(\d{12}):role\/(?:[\u0021-\u007E]+\/)?([\w+=,.@-]{1,64})$/.exec(arn) ?? [];
  if (partition === undefined || account === undefined || name === undefined)
    throw new AwsError("ValidationException", `${arn} is invalid`);
  return { partition, account, name };
}
