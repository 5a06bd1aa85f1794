import { AwsError } from "../../wire/aws-error.ts";
import type { Call } from "../../wire/call.ts";
import { refusalOf } from "../kms/key-ring.ts";
import type { Stream } from "./stream-store.ts";

/** What the service makes of a refusal by KMS: exceptions of its own model. */
const CODES: Readonly<Record<string, string>> = {
  AccessDeniedException: "KMSAccessDeniedException",
  DisabledException: "KMSDisabledException",
  KMSInvalidStateException: "KMSInvalidStateException",
  NotFoundException: "KMSNotFoundException",
};

/** Use the key of an encrypted stream for the caller, as the service does: GenerateDataKey to write, Decrypt to read. */
export function useStreamKey(call: Call, { keyId }: Stream, action: "kms:Decrypt" | "kms:GenerateDataKey"): void {
  const refusal = keyId === undefined ? undefined : refusalOf(call, keyId, action);
  if (refusal !== undefined) throw new AwsError(CODES[refusal.code] ?? refusal.code, refusal.message);
}
