import { type Context, isToolError, ToolError } from "@sukima/core";
import { configuredEndpoint, regionalEndpoint } from "@sukima/core/aws";
import type { Imds } from "@sukima/core/imds";
import { hasSharedFiles } from "./credentials/chain.ts";
import type { SsmwrapOptions } from "./options.ts";
import { isRegion } from "./rules/path.ts";

/** Where SSM is asked: the home region, and the endpoint of any region. */
export interface Place {
  readonly region: string;
  /** Nothing named the region: good enough for signing requests to an endpoint of one's own, not for finding one of AWS. */
  readonly isGuessed: boolean;
  endpoint(region: string | undefined): string;
}

/** The region by flag, AWS_REGION, AWS_DEFAULT_REGION, profile, then instance metadata. With an endpoint URL none is needed. */
export async function resolvePlace(ctx: Context, options: SsmwrapOptions, metadata: () => Promise<Imds>): Promise<Place> {
  const { env } = ctx;
  const configured = checkedEndpoint(options["endpoint-url"] ?? configuredEndpoint("ssm", env));
  const profile = options.profile ?? env["AWS_PROFILE"];
  const known =
    options.region ||
    env["AWS_REGION"] ||
    env["AWS_DEFAULT_REGION"] ||
    (profile || hasSharedFiles(env) ? await (await import("./sdk/region.ts")).profileRegion(profile) : undefined) ||
    (configured === undefined ? await instanceRegion(ctx, metadata) : undefined);
  // Go signs with an empty region here; any region does for an endpoint of one's own.
  const region = known ?? "us-east-1";
  if (!isRegion(region)) throw new ToolError("BAD_REGION", `the region ${JSON.stringify(region)} is not a region's name`, { exit: 2 });
  return { region, isGuessed: known === undefined, endpoint: (other) => configured ?? regionalEndpoint("ssm", other ?? region, env) };
}

/** An endpoint URL as it was given. Throws `ToolError` BAD_ENDPOINT, exit 2, for one that is no http or https URL. */
export function checkedEndpoint(url: string | undefined): string | undefined {
  if (url === undefined || (/^https?:\/\//.test(url) && URL.canParse(url))) return url;
  throw new ToolError("BAD_ENDPOINT", `the endpoint URL ${JSON.stringify(url)} is not an http or https URL`, { exit: 2 });
}

export const noRegion = (cause?: unknown): ToolError =>
  new ToolError(
    "NO_REGION",
    "no AWS region: set AWS_REGION, add region to your profile, or pass -region",
    cause === undefined ? {} : { cause },
  );

async function instanceRegion({ env, signal }: Context, metadata: () => Promise<Imds>): Promise<string> {
  if (env["AWS_EC2_METADATA_DISABLED"]?.toLowerCase() === "true") throw noRegion();
  try {
    const region = await (await metadata()).get("meta-data/placement/region", signal);
    if (region) return region.trim();
  } catch (error) {
    if (!isToolError(error)) throw error;
    throw noRegion(error);
  }
  throw noRegion();
}
