import type { Secret } from "../secret.ts";

/** AWS credentials of one identity. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly sessionToken?: Secret | undefined;
}
