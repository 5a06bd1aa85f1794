import { AwsError } from "../../wire/aws-error.ts";
import type { Secret } from "./secret-store.ts";

/** The sentences are the service's own as SDK and Terraform users report them. */
export const secretNotFound = (): AwsError => new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");

/** Refuse to work on a secret that waits for its deletion. */
export function refuseDeleted({ deletion }: Secret): void {
  if (deletion !== undefined) {
    throw new AwsError("InvalidRequestException", "You can't perform this operation on the secret because it was marked for deletion.");
  }
}

export function refuseToken(): never {
  throw new AwsError("InvalidNextTokenException", "The NextToken value is invalid.");
}
