import { type Context, isToolError } from "@sukima/core";
import type { Credentials, Imds } from "@sukima/core/aws";
import type { Wire } from "../fetch/aws.ts";
import { retry, type RetryAdvice } from "../fetch/retry.ts";
import { adviseOnCall, ServiceError } from "../fetch/service-error.ts";
import { type Identity, resolveCredentials } from "./chain.ts";
import { containerRefusal } from "./container.ts";

// 5xx of the metadata service; anything else it says is final.
const advise = (error: unknown): RetryAdvice | undefined =>
  isToolError(error) && error.code === "IMDS_REFUSED" ? { kind: "transient" } : adviseOnCall(error);

/** `resolveCredentials`, tried again like a call while the failure may pass: the providers' endpoints are rate limited when many tasks start at once. */
export async function resolveCredentialsPatiently(
  ctx: Context,
  identity: Identity,
  wire: Wire,
  imds: Imds,
  attempts: number,
): Promise<Credentials> {
  const { clock, random, signal, env } = ctx;
  const tally = { calls: 0, retries: 0, throttles: 0 };
  try {
    return await retry({ attempts, clock, random, signal, tally }, () => resolveCredentials(ctx, identity, wire, imds), advise);
  } catch (error) {
    signal.throwIfAborted();
    const fromContainer = env["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] || env["AWS_CONTAINER_CREDENTIALS_FULL_URI"];
    throw fromContainer && !isToolError(error) && (error instanceof ServiceError || error instanceof Error)
      ? containerRefusal(env, error)
      : error;
  }
}
