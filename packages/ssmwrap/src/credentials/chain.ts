import { type Context, type Env, Secret, ToolError } from "@sukima/core";
import type { Credentials } from "@sukima/core/aws";
import type { Imds } from "@sukima/core/imds";
import { platform } from "@sukima/core/platform";
import type { Wire } from "../fetch/aws.ts";

/** What the user chose about identity and place. */
export interface Identity {
  readonly profile: string | undefined;
  readonly roleArn: string | undefined;
  readonly region: string | undefined;
}

/** Whether the files of the shared configuration can play a part. */
export function hasSharedFiles(env: Env): boolean {
  // As in the SDKs: without HOME it is the one of the password database.
  const home = env["HOME"] || platform.homeDirectory();
  const files = [env["AWS_CONFIG_FILE"] || `${home}/.aws/config`, env["AWS_SHARED_CREDENTIALS_FILE"] || `${home}/.aws/credentials`];
  return files.some((file) => platform.exists(file));
}

/** Refuse what no HTTP header can carry: the runtime would call it a failed connection. */
function checkHeaderText(name: string, value: string): void {
  if (!/^[\x20-\x7e]*$/.test(value))
    throw new ToolError("BAD_CREDENTIALS", `${name} holds a line break or another character that no HTTP header can`, {
      hint: "set it again, whole and on one line",
    });
}

/** The keys of the environment, which come first in every SDK. */
function environmentCredentials(env: Env): Credentials | undefined {
  // A line break at the end is what a careless `--env X=$(cat file)` leaves; no key holds white space.
  const id = env["AWS_ACCESS_KEY_ID"]?.trim();
  const key = env["AWS_SECRET_ACCESS_KEY"]?.trim();
  const token = env["AWS_SESSION_TOKEN"]?.trim();
  if (!id || !key) return undefined;
  checkHeaderText("AWS_ACCESS_KEY_ID", id);
  checkHeaderText("AWS_SESSION_TOKEN", token ?? "");
  return { accessKeyId: id, secretAccessKey: new Secret(key), sessionToken: token ? new Secret(token) : undefined };
}

/**
 * Credentials in the SDKs' order: environment keys, web identity, container, instance.
 * A profile, a role to assume, or shared configuration files are left to the SDK's own chain, which is loaded only then.
 * Rejects with `ToolError` NO_CREDENTIALS when nothing gives any.
 */
export async function resolveCredentials(
  ctx: Context,
  identity: Identity,
  wire: Wire,
  attempts: number,
  metadata: () => Promise<Imds>,
): Promise<Credentials> {
  const { env, signal } = ctx;
  const profile = identity.profile ?? env["AWS_PROFILE"];
  if (!profile && identity.roleArn === undefined) {
    const fromEnvironment = environmentCredentials(env);
    if (fromEnvironment !== undefined) return fromEnvironment;
  }
  if (profile || identity.roleArn !== undefined || hasSharedFiles(env)) {
    const { sdkCredentials } = await import("../sdk/credentials.ts");
    return sdkCredentials(ctx, identity);
  }
  const { containerCredentials, instanceCredentials, resolvePatiently, webIdentityCredentials } = await import("./endpoints.ts");
  const found = await resolvePatiently(ctx, attempts, async () => {
    const fromIdentity = (await webIdentityCredentials(ctx, identity.region, wire)) ?? (await containerCredentials(ctx));
    if (fromIdentity !== undefined || env["AWS_EC2_METADATA_DISABLED"]?.toLowerCase() === "true") return fromIdentity;
    return instanceCredentials(await metadata(), signal);
  });
  if (found !== undefined) return found;
  throw new ToolError("NO_CREDENTIALS", "no AWS credentials were found", {
    hint: "give the task or instance a role, set AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
  });
}
