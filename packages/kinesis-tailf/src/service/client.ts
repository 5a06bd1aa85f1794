import { KinesisClient } from "@aws-sdk/client-kinesis";
import type { Context } from "@sukima/core";
import { caBundle, configuredEndpoint, proxyFor } from "@sukima/core/aws";
import { awsConfig } from "@sukima/core/aws-config";
import { tool } from "../tool.ts";
import type { TailOptions } from "../tail/options.ts";

interface ClientSettings {
  /** 1 for the loop, whose own waits cover throttles and outages: it alone knows what may be asked again. */
  readonly attempts?: 1;
  /** Speak HTTP/2, which SubscribeToShard needs (API reference). */
  readonly http2?: boolean;
}

/** A client of the options. */
export function createClient(options: TailOptions, ctx: Context, { attempts, http2 = false }: ClientSettings = {}): KinesisClient {
  const { region, profile, "endpoint-url": endpoint } = options;
  const fixed = { ...(region === undefined ? {} : { region }), ...(profile === undefined ? {} : { profile }) };
  const ca = http2 ? caBundle(ctx.env) : undefined;
  return new KinesisClient({
    ...awsConfig(ctx, tool, fixed),
    ...(attempts === undefined ? {} : { maxAttempts: attempts }),
    ...(endpoint === undefined ? {} : { endpoint }),
    // Of plain settings the client makes its own HTTP/2 handler.
    ...(http2 ? { requestHandler: { nodeHttp2ConnectOptions: ca === undefined ? {} : { ca } } } : {}),
  });
}

/** How fan-out reaches the service: over HTTP/2 to `https://` endpoints, over HTTP/1.1 to the others (emulators), and not at all through a proxy. */
export async function fanOutTransport(options: TailOptions, { env }: Pick<Context, "env">): Promise<"http1" | "http2" | "none"> {
  const region = options.region ?? env["AWS_REGION"] ?? "us-east-1";
  const endpoint = options["endpoint-url"] ?? configuredEndpoint("kinesis", env) ?? `https://kinesis.${region}.amazonaws.com`;
  if (!endpoint.startsWith("https:")) return "http1";
  return (await proxyFor(endpoint, env)) === undefined ? "http2" : "none";
}
