import type { EncryptionType } from "@aws-sdk/client-kinesis";
import { AwsError } from "../../wire/aws-error.ts";
import type { Call } from "../../wire/call.ts";
import { refusalOf } from "../kms/key-ring.ts";
import { invalidArgument } from "./kinesis-errors.ts";
import type { Stream } from "./stream-store.ts";

/** What the service makes of a refusal by KMS: exceptions of its own model. */
const CODES: Readonly<Record<string, string>> = {
  AccessDeniedException: "KMSAccessDeniedException",
  DisabledException: "KMSDisabledException",
  KMSInvalidStateException: "KMSInvalidStateException",
  NotFoundException: "KMSNotFoundException",
};

type KeyUse = "kms:Decrypt" | "kms:GenerateDataKey";

/** A stream's encryption has one type only (the model's text of EncryptionType; the sentence is a guess). */
export function refuseOtherThanKms(type: EncryptionType): void {
  if (type !== "KMS") throw invalidArgument(`The only valid value of EncryptionType is KMS, not ${type}.`);
}

/** Use a key for the caller, as the service does: GenerateDataKey to write, Decrypt to read. */
export function useKey(call: Call, keyId: string, action: KeyUse): void {
  const refusal = refusalOf(call, keyId, action);
  if (refusal !== undefined) throw new AwsError(CODES[refusal.code] ?? refusal.code, refusal.message);
}

/** Use the key of a stream, if it has one. */
export function useStreamKey(call: Call, { keyId }: Stream, action: KeyUse): void {
  if (keyId !== undefined) useKey(call, keyId, action);
}
