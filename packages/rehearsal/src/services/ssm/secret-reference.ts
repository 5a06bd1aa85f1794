import type { Parameter as ParameterAnswer } from "@aws-sdk/client-ssm";
import { AwsError } from "../../wire/aws-error.ts";
import type { Call } from "../../wire/call.ts";
import { readSecret } from "../secrets-manager/secret-reading.ts";

const PREFIX = "/aws/reference/secretsmanager/";

/** True for names that mean a secret of Secrets Manager. */
export const isSecretReference = (name: string): boolean => name.trim().startsWith(PREFIX);

/**
 * Read a secret through Parameter Store, or return undefined when it is not there.
 * Source: user guide, "Referencing AWS Secrets Manager secrets from Parameter Store parameters": decryption is required, Version is 0,
 * a selector is a version id or a staging label, SourceResult holds the secret's own answer. Guess: secrets without text count as not found.
 */
export function readSecretReference(name: string, call: Call, withDecryption: boolean): ParameterAnswer | undefined {
  const [path = "", selector] = name.trim().split(":");
  if (!withDecryption)
    throw new AwsError("ValidationException", "WithDecryption flag must be True for retrieving a Secret Manager secret.");
  const found = readSecret(call, path.slice(PREFIX.length), selector);
  if (found?.version.text === undefined) return undefined;
  const { secret, version } = found;
  return {
    Name: path,
    Type: "SecureString",
    Value: version.text,
    Version: 0,
    Selector: selector === undefined ? undefined : `:${selector}`,
    SourceResult: JSON.stringify({
      ARN: secret.arn,
      name: secret.name,
      versionId: version.id,
      secretString: version.text,
      versionStages: [...version.stages],
      createdDate: version.createdDate.toISOString(),
    }),
    LastModifiedDate: version.createdDate,
    ARN: secret.arn,
    DataType: "text",
  };
}

/** GetParameter's error for a secret that is not there. */
export const secretNotFound = (name: string): AwsError =>
  new AwsError("ParameterNotFound", `An error occurred (ParameterNotFound) when referencing Secrets Manager: Secret ${name} not found.`);
