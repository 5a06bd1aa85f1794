import { isToolError, ToolError } from "@sukima/core";
import type { Credentials } from "@sukima/core/aws";
import type { Imds } from "@sukima/core/imds";
import { readCredentialDocument } from "./document.ts";

const roles = "meta-data/iam/security-credentials/";

/** Credentials of the instance's role; undefined when it has none. Rejects with `ToolError`: NO_CREDENTIALS when the service cannot be reached or is off. */
export async function instanceCredentials(imds: Imds, signal: AbortSignal): Promise<Credentials | undefined> {
  const role = (await firstAnswer(imds, signal))?.split("\n")[0]?.trim();
  if (!role) return undefined;
  const document = await imds.get(roles + role, signal);
  return document === undefined ? undefined : readCredentialDocument(document, `the instance role ${role}`);
}

async function firstAnswer(imds: Imds, signal: AbortSignal): Promise<string | undefined> {
  try {
    return await imds.get(roles, signal);
  } catch (error) {
    if (!isToolError(error) || error.code === "IMDS_BUSY" || error.code === "IMDS_REFUSED") throw error;
    const hint = error.hint ?? "give the task or instance a role, set AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
    throw new ToolError("NO_CREDENTIALS", `no AWS credentials were found: ${error.message}`, { hint, cause: error });
  }
}
