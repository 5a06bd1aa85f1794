import { KinesisServiceException } from "@aws-sdk/client-kinesis";
import { explain, hasNoEndpoint, isOurMistake, isRefused, isUnsigned, statusOf } from "../aws/call-error.ts";
import { Trouble } from "../loop/port.ts";
import type { Position } from "../loop/shard.ts";

const troubles: Readonly<Record<string, Trouble["kind"]>> = {
  ExpiredIteratorException: "expired",
  ProvisionedThroughputExceededException: "throttled",
  LimitExceededException: "throttled",
  KMSThrottlingException: "throttled",
  ResourceNotFoundException: "gone",
};

/** Credentials that were good and are no more; those of an SSO session come back when somebody signs in. */
const unsigned = new Set(["ExpiredTokenException", "ExpiredToken", "UnrecognizedClientException", "InvalidSignatureException"]);

/** Operations whose refusal ends the reading of a shard and leaves the others to themselves. */
const readsShard = new Set(["kinesis:GetShardIterator", "kinesis:GetRecords", "kinesis:SubscribeToShard"]);

/** The trouble that an error of this name is, undefined when it is none that the loop knows. */
export function troubleNamed(name: string, cause: unknown): Trouble | undefined {
  const kind = Object.hasOwn(troubles, name) ? troubles[name] : undefined;
  return kind && new Trouble(kind, name, { cause });
}

/** A failed call as the loop knows it; what nobody can mend by trying again as `ToolError`. `position` is where the call was to begin to read. */
export function translate(operation: string, target: string, error: unknown, position?: Position): unknown {
  if (!(error instanceof Error) || error.name === "AbortError" || isOurMistake(error)) return error;
  if (isUnsigned(error) || unsigned.has(error.name)) return new Trouble("unsigned", error.name, { cause: error });
  if (hasNoEndpoint(error)) return explain(error, { action: operation, target });
  if (!(error instanceof KinesisServiceException)) return new Trouble("transient", error.name, { cause: error });
  const { name, $fault } = error;
  const known = troubleNamed(name, error);
  if (known !== undefined) return known;
  // The sequence number to go on with is older than what the stream still holds.
  const isByNumber = position?.at === "sequence" || position?.at === "after";
  if (name === "InvalidArgumentException" && isByNumber) return new Trouble("trimmed", name, { cause: error });
  // What an event stream ends with has no status.
  if ($fault === "server" || statusOf(error) >= 500) return new Trouble("transient", name, { cause: error });
  const explained = explain(error, { action: operation, target });
  const isOfShard = readsShard.has(operation) && (isRefused(error) || name.startsWith("KMS"));
  return isOfShard ? new Trouble("refused", name, { cause: explained }) : explained;
}
