import { Secret } from "@sukima/core";
import type { Credentials } from "@sukima/core/aws";

/** An endpoint answered, but without credentials: worth another try, and never quoted. */
export class NoCredentialsInAnswer extends Error {}

/** Credentials in the JSON form of the container and instance endpoints. Throws `NoCredentialsInAnswer` when they are not there. */
export function readCredentialDocument(body: string, from: string): Credentials {
  let document: unknown;
  try {
    document = JSON.parse(body);
  } catch {
    document = undefined;
  }
  const members: Readonly<Record<string, unknown>> = typeof document === "object" && document !== null ? { ...document } : {};
  const { AccessKeyId: id, SecretAccessKey: key, Token: token } = members;
  if (typeof id !== "string" || typeof key !== "string" || typeof token !== "string") {
    throw new NoCredentialsInAnswer(`${from} gave no credentials`);
  }
  return { accessKeyId: id, secretAccessKey: new Secret(key), sessionToken: new Secret(token) };
}
