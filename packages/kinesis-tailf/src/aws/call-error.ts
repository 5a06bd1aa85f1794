import { ToolError, usageError } from "@sukima/core";

/** What a failed call is about. */
export interface Call {
  /** The IAM action, such as `kinesis:PutRecords`. */
  readonly action: string;
  /** The stream, for messages. */
  readonly target: string;
}

const noRegion = /^Region (is missing|not accepted)/;

/** Whether the call could not even be signed: no time mends that. */
export const isUnsigned = ({ name, message }: Error): boolean => name === "CredentialsProviderError" || noRegion.test(message);

const bugs = new Set(["TypeError", "RangeError", "ReferenceError", "SyntaxError"]);

/** The HTTP status of a failed call, 0 when there was no answer. */
export const statusOf = (error: Error): number => {
  const metadata: unknown = "$metadata" in error ? error.$metadata : undefined;
  const status: unknown = typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata ? metadata.httpStatusCode : 0;
  return typeof status === "number" ? status : 0;
};

/** A defect of ours. The SDK's own reading of an answer that is no JSON has an error of this kind too, but carries the status. */
export const isOurMistake = (error: Error): boolean => bugs.has(error.name) && statusOf(error) === 0;

/** Whether the caller lacks a permission. */
export const isRefused = (error: unknown): boolean =>
  error instanceof Error && ["AccessDeniedException", "AccessDenied", "UnauthorizedOperation"].includes(error.name);

/** The name of a stream's state is part of the service's sentence (guess: that it is the same for every operation). */
const isOfStreamInCreation = ({ name, message }: Error): boolean =>
  name === "ResourceInUseException" && /^Stream .* CREATING$/.test(message);

export const beingCreated = (target: string, cause?: Error): ToolError =>
  new ToolError("BEING_CREATED", `the stream ${target} is being created`, { hint: "try again in a moment", cause });

/** Whether the SDK knows no endpoint for what was asked: nothing is called then, and asking again is no use. */
export const hasNoEndpoint = ({ name }: Error): boolean => name === "EndpointError";

/** A failed call as a sentence with the way out. */
export function explain(error: unknown, { action, target }: Call): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message } = error;
  const failed = (code: string, sentence: string, hint: string): ToolError => new ToolError(code, sentence, { hint, cause: error });
  if (noRegion.test(message))
    return usageError("NO_REGION", "no AWS region", "set AWS_REGION, add region to your profile, or pass -region");
  if (hasNoEndpoint(error)) return usageError("NO_ENDPOINT", `${action} on ${target}: ${message}`, "check -stream and -region");
  if (isOfStreamInCreation(error)) return beingCreated(target, error);
  if (isRefused(error)) return failed("ACCESS_DENIED", `${action} on ${target} was refused`, `allow ${action} on ${target}`);
  if (name === "ResourceNotFoundException")
    return failed("NO_STREAM", `there is no stream ${target} in this region and account`, "check -stream, -region and -profile");
  if (name === "CredentialsProviderError")
    return failed("NO_CREDENTIALS", `no AWS credentials: ${message}`, "sign in, with aws sso login or aws login, or set AWS_PROFILE");
  if (/^(ExpiredToken|UnrecognizedClient|InvalidSignature)/.test(name)) {
    return failed(
      "BAD_CREDENTIALS",
      `${action} was refused: ${name}`,
      "sign in again, with aws sso login or aws login, or renew the keys in the environment",
    );
  }
  if (name.startsWith("KMS")) {
    const writes = action.includes(":Put");
    const key = /arn:[\w-]+:kms:[\w:/.-]+/.exec(message)?.[0] ?? "the stream's key";
    return failed(
      "KMS_REFUSED",
      `records cannot be ${writes ? "encrypted" : "decrypted"} with ${key} (${name})`,
      `allow ${writes ? "kms:GenerateDataKey" : "kms:Decrypt"} on ${key}, and check that it is enabled`,
    );
  }
  if ("$fault" in error) return new ToolError("REFUSED", `${action} failed with ${name}: ${message}`, { cause: error });
  if (isOurMistake(error)) return error;
  return failed("UNREACHABLE", `${action} failed: ${message}`, "check the network, the proxy and -endpoint-url");
}
