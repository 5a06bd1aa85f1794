import { createHash } from "node:crypto";
import { AwsError } from "../../wire/aws-error.ts";
import type { Call } from "../../wire/call.ts";
import { refusalOf } from "../kms/key-ring.ts";
import type { ParameterVersion } from "./parameter-store.ts";

/** A version's value as a caller sees it: SecureString stays encrypted unless decryption is asked for and KMS allows it. */
export function readValue(call: Call, version: ParameterVersion, withDecryption: boolean): string {
  if (version.type !== "SecureString") return version.value;
  if (!withDecryption) return cipherText(version);
  useKey(call, version.keyId ?? "alias/aws/ssm", "kms:Decrypt");
  return version.value;
}

/**
 * Throw what SSM makes of a refusal by KMS: the caller's missing permission stays an AccessDeniedException, a key in a bad state becomes InvalidKeyId.
 * The forms are seen in hashicorp/terraform-provider-aws issue 42849 and telia-oss/terraform-aws-sonarqube issue 4.
 */
export function useKey(call: Call, keyId: string, action: "kms:Decrypt" | "kms:Encrypt" | "kms:GenerateDataKey"): void {
  const refusal = refusalOf(call, keyId, action);
  if (refusal === undefined) return;
  const trailer = `(Service: AWSKMS; Status Code: 400; Error Code: ${refusal.code}; Request ID: ${call.world.random.uuid()}; Proxy: null)`;
  throw new AwsError(refusal.code === "AccessDeniedException" ? refusal.code : "InvalidKeyId", `${refusal.message} ${trailer}`);
}

/** A base64 text of a KMS ciphertext's look and about its length, the same at every call. */
function cipherText({ value, version }: ParameterVersion): string {
  const blocks = Math.ceil((Buffer.byteLength(value) + 150) / 32);
  const seed = createHash("sha256").update(`${version}\n${value}`).digest();
  const bytes = Array.from({ length: blocks }, (_, at) => createHash("sha256").update(seed).update(String(at)).digest());
  return Buffer.concat([Buffer.from("0102020078", "hex"), ...bytes]).toString("base64");
}
