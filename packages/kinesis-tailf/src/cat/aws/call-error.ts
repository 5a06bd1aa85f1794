import { type Log, ToolError, usageError } from "@sukima/core";
import type { Refusal } from "../send/port.ts";

/** What a failed call is about. */
export interface Call {
  /** The IAM action, `kinesis:PutRecords`. */
  readonly action: string;
  /** The stream, for messages. */
  readonly target: string;
}

const throttles = new Set([
  "ProvisionedThroughputExceededException",
  "LimitExceededException",
  "KMSThrottlingException",
  "ThrottlingException",
  // Firehose says it when a delivery stream takes no more for now.
  "ServiceUnavailableException",
]);

const noRegion = /^Region (is missing|not accepted)/;
const bugs = new Set(["TypeError", "RangeError", "ReferenceError", "SyntaxError"]);

const statusOf = (error: Error): number => {
  const metadata: unknown = "$metadata" in error ? error.$metadata : undefined;
  const status: unknown = typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata ? metadata.httpStatusCode : 0;
  return typeof status === "number" ? status : 0;
};

/** The SDK's own reading of an answer that is no JSON has an error of this kind too, but carries the status. */
const isOurMistake = (error: Error): boolean => bugs.has(error.name) && statusOf(error) === 0;

/** Whether the caller lacks a permission. */
export const isRefused = (error: unknown): boolean =>
  error instanceof Error && ["AccessDeniedException", "AccessDenied", "UnauthorizedOperation"].includes(error.name);

/** What a failed request says of its records. `signal` is the run's own: what it cut off counts as failed. */
export function refusalOf(error: unknown, call: Call, signal: AbortSignal): Refusal {
  if (signal.aborted) return { kind: "failed", code: "Aborted" };
  if (!(error instanceof Error)) return { kind: "refused", error };
  const { name, message } = error;
  if (throttles.has(name)) return { kind: "throttled" };
  const isFromService = "$fault" in error;
  const isFinal = isFromService ? statusOf(error) < 500 : name === "CredentialsProviderError" || noRegion.test(message);
  if (isFinal) return { kind: "refused", error: explain(error, call) };
  if (isOurMistake(error)) return { kind: "refused", error };
  return { kind: "failed", code: "code" in error && typeof error.code === "string" ? error.code : name };
}

/** A failed call as a sentence with the way out. */
export function explain(error: unknown, { action, target }: Call): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message } = error;
  const failed = (code: string, sentence: string, hint: string): ToolError => new ToolError(code, sentence, { hint, cause: error });
  if (noRegion.test(message))
    return usageError("NO_REGION", "no AWS region", "set AWS_REGION, add region to your profile, or pass -region");
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
    const key = /arn:[\w-]+:kms:[\w:/.-]+/.exec(message)?.[0] ?? "the stream's key";
    return failed(
      "KMS_REFUSED",
      `records cannot be encrypted with ${key} (${name})`,
      `allow kms:GenerateDataKey on ${key}, and check that it is enabled`,
    );
  }
  if ("$fault" in error) return new ToolError("REFUSED", `${action} failed with ${name}: ${message}`, { cause: error });
  if (isOurMistake(error)) return error;
  return failed("UNREACHABLE", `${action} failed: ${message}`, "check the network, the proxy and -endpoint-url");
}

/** Says that a permission is missing and what is done instead. */
export type Notice = (action: string, instead: string) => void;

/** A notice that says each thing once. */
export function noticeOnce(log: Log): Notice {
  const told = new Set<string>();
  return (action, instead) => {
    if (told.has(action)) return;
    told.add(action);
    log.warn(`${action} was refused: ${instead}`, { hint: `allow ${action} on the stream` });
  };
}
