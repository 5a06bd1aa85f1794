import type { Env } from "../context.ts";
import { httpHandler, silentLogger } from "./http-handler.ts";
import { caBundle } from "./trust.ts";

/** The part of a client's configuration that is the same for every AWS service. */
export interface AwsConfig {
  readonly region?: string;
  readonly profile?: string;
  readonly requestHandler: ReturnType<typeof httpHandler>;
  readonly customUserAgent: [string, string][];
  readonly logger: typeof silentLogger;
}

/**
 * Client configuration that closes what the JavaScript SDK leaves open and Go users rely on: AWS_DEFAULT_REGION, HTTPS_PROXY and NO_PROXY, AWS_CA_BUNDLE,
 * HTTP/1.1 for every service, a limit for connecting, a user agent of our own, and no warnings on the console.
 * AWS_ENDPOINT_URL[_SERVICE], AWS_PROFILE, AWS_MAX_ATTEMPTS, AWS_RETRY_MODE, FIPS and dual stack are left to the SDK, which reads them from the process.
 * `fixed` is what flags or a file have said; the region of a profile is asked last. One configuration may serve several clients.
 * Throws `ToolError` NO_CA_BUNDLE for a bundle that cannot be read; calls reject with a usage error for a proxy that cannot be used.
 */
export function awsConfig(
  { env }: { readonly env: Env },
  tool: { readonly name: string; readonly version: string },
  fixed: { readonly region?: string; readonly profile?: string } = {},
): AwsConfig {
  const region = fixed.region || env["AWS_REGION"] || env["AWS_DEFAULT_REGION"];
  return {
    requestHandler: httpHandler(env, caBundle(env)),
    customUserAgent: [[`sukima-${tool.name}`, tool.version]],
    logger: silentLogger,
    ...(region ? { region } : {}),
    ...(fixed.profile === undefined ? {} : { profile: fixed.profile }),
  };
}
