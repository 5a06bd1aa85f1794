import type { Context } from "@sukima/core";
import { type Imds, imdsClient, imdsEndpoint } from "@sukima/core/imds";
import { platform } from "@sukima/core/platform";

/** The metadata service that the environment names. */
export const metadataService = ({ env, clock }: Context): Imds =>
  imdsClient({
    endpoint: imdsEndpoint(env),
    send: (request) => platform.send(request),
    clock,
    allowV1: env["AWS_EC2_METADATA_V1_DISABLED"]?.toLowerCase() !== "true",
  });
