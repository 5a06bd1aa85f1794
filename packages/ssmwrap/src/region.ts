import { type Context, isToolError, ToolError } from "@sukima/core";
import { configuredEndpoint, regionalEndpoint } from "@sukima/core/aws";
import type { Imds } from "@sukima/core/imds";
import { hasSharedFiles } from "./credentials/chain.ts";
import type { SsmwrapOptions } from "./options.ts";

/** Where SSM is asked: the home region, and the endpoint of any region. */
export interface Place {
  readonly region: string;
  endpoint(region: string | undefined): string;
}

/** The region by flag, AWS_REGION, AWS_DEFAULT_REGION, profile, then instance metadata. With an endpoint URL none is needed. */
export async function resolvePlace(ctx: Context, options: SsmwrapOptions, metadata: () => Promise<Imds>): Promise<Place> {
  const { env } = ctx;
  const configured = options["endpoint-url"] ?? configuredEndpoint("ssm", env);
  if (configured !== undefined && !(/^https?:\/\//.test(configured) && URL.canParse(configured))) {
    throw new ToolError("BAD_ENDPOINT", `the endpoint URL ${JSON.stringify(configured)} is not an http or https URL`, { exit: 2 });
  }
  const profile = options.profile ?? env["AWS_PROFILE"];
  const region =
    options.region ||
    env["AWS_REGION"] ||
    env["AWS_DEFAULT_REGION"] ||
    (profile || hasSharedFiles(env) ? await (await import("./sdk/region.ts")).profileRegion(profile) : undefined) ||
    // Go signs with an empty region here; any region does for an endpoint of one's own.
    (configured === undefined ? await instanceRegion(ctx, metadata) : "us-east-1");
  if (!/^[a-z0-9-]+$/.test(region))
    throw new ToolError("BAD_REGION", `the region ${JSON.stringify(region)} is not a region's name`, { exit: 2 });
  return { region, endpoint: (other) => configured ?? regionalEndpoint("ssm", other ?? region, env) };
}

async function instanceRegion({ env, signal }: Context, metadata: () => Promise<Imds>): Promise<string> {
  const none = (cause?: unknown): ToolError =>
    new ToolError(
      "NO_REGION",
      "no AWS region: set AWS_REGION, add region to your profile, or pass -region",
      cause === undefined ? {} : { cause },
    );
  if (env["AWS_EC2_METADATA_DISABLED"]?.toLowerCase() === "true") throw none();
  try {
    const region = await (await metadata()).get("meta-data/placement/region", signal);
    if (region) return region.trim();
  } catch (error) {
    if (!isToolError(error)) throw error;
    throw none(error);
  }
  throw none();
}
