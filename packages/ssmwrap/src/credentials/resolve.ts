import { type Context, isToolError, ToolError } from "@sukima/core";
import type { Credentials } from "@sukima/core/aws";
import { retry, type RetryAdvice } from "../fetch/retry.ts";
import { adviseOnCall } from "../fetch/service-error.ts";
import { containerRefusal } from "./container.ts";
import { NoCredentialsInAnswer } from "./document.ts";

// A busy metadata service; anything else it says is final.
const advise = (error: unknown): RetryAdvice | undefined =>
  isToolError(error) && error.code === "IMDS_BUSY" ? { kind: "transient" } : adviseOnCall(error);

/** A resolution that failed once, tried again like a call while the failure may pass: the providers' endpoints are rate limited when many tasks start at once. */
export async function resolvePatiently(
  ctx: Context,
  attempts: number,
  resolve: () => Promise<Credentials | undefined>,
): Promise<Credentials | undefined> {
  const { clock, random, signal, env } = ctx;
  const tally = { calls: 0, retries: 0, throttles: 0 };
  try {
    return await retry({ attempts, clock, random, signal, tally }, resolve, advise);
  } catch (error) {
    signal.throwIfAborted();
    const fromContainer = env["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] || env["AWS_CONTAINER_CREDENTIALS_FULL_URI"];
    if (isToolError(error)) throw error;
    if (fromContainer) throw containerRefusal(env, error);
    throw new ToolError(
      "NO_CREDENTIALS",
      `no AWS credentials were found: STS gave no ${error instanceof NoCredentialsInAnswer ? "credentials" : "answer"} for the web identity`,
      {
        hint: "check the route to STS, the region and the proxy variables",
        cause: error,
      },
    );
  }
}
