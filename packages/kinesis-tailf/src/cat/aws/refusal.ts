import type { Log } from "@sukima/core";
import { type Call, explain, isOurMistake, isUnsigned, statusOf } from "../../aws/call-error.ts";
import type { Refusal } from "../send/port.ts";

const throttles = new Set([
  "ProvisionedThroughputExceededException",
  "LimitExceededException",
  "KMSThrottlingException",
  "ThrottlingException",
  // Firehose says it when a delivery stream takes no more for now.
  "ServiceUnavailableException",
]);

/** What a failed request says of its records. `signal` is the run's own: what it cut off counts as failed. */
export function refusalOf(error: unknown, call: Call, signal: AbortSignal): Refusal {
  if (signal.aborted) return { kind: "failed", code: "Aborted" };
  if (!(error instanceof Error)) return { kind: "refused", error };
  const { name } = error;
  if (throttles.has(name)) return { kind: "throttled" };
  const isFromService = "$fault" in error;
  const isFinal = isFromService ? statusOf(error) < 500 : isUnsigned(error);
  if (isFinal) return { kind: "refused", error: explain(error, call) };
  if (isOurMistake(error)) return { kind: "refused", error };
  return { kind: "failed", code: "code" in error && typeof error.code === "string" ? error.code : name };
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
