import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { Env } from "../context.ts";
import { proxyEnvironment } from "./proxy-environment.ts";
import { caBundle } from "./trust.ts";

/** The part of a client's configuration that is the same for every AWS service. */
export interface AwsConfig {
  readonly region?: string;
  readonly requestHandler: NodeHttpHandler;
  readonly customUserAgent: [string, string][];
  readonly logger: { debug(): void; info(): void; warn(): void; error(): void };
}

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Client configuration that closes what the JavaScript SDK leaves open and Go users rely on: AWS_DEFAULT_REGION, HTTPS_PROXY and NO_PROXY, AWS_CA_BUNDLE,
 * HTTP/1.1 for every service, a user agent of our own, and no warnings on the console.
 * AWS_ENDPOINT_URL[_SERVICE], AWS_PROFILE, AWS_MAX_ATTEMPTS, AWS_RETRY_MODE, FIPS and dual stack are left to the SDK.
 * Throws `ToolError` NO_CA_BUNDLE for a bundle that cannot be read.
 */
export function awsConfig(
  { env }: { readonly env: Env },
  tool: { readonly name: string; readonly version: string },
  fixed: { readonly region?: string } = {},
): AwsConfig {
  const proxyEnv = proxyEnvironment(env);
  const ca = caBundle(env);
  const region = fixed.region ?? (env["AWS_REGION"] ? undefined : env["AWS_DEFAULT_REGION"] || undefined);
  return {
    requestHandler: new NodeHttpHandler({
      httpAgent: new HttpAgent({ keepAlive: true, maxSockets: 50, proxyEnv }),
      httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets: 50, proxyEnv, ...(ca === undefined ? {} : { ca }) }),
    }),
    customUserAgent: [[`sukima-${tool.name}`, tool.version]],
    logger: silent,
    ...(region === undefined ? {} : { region }),
  };
}
