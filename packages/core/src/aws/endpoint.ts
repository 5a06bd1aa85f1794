import type { Env } from "../context.ts";
import { goBoolean } from "../options/option.ts";

interface Partition {
  readonly regions: RegExp;
  readonly suffix: string;
  readonly dualStack: string;
}

// Source: the partitions of the SDK's endpoint rules; endpoint.test.ts asks the SDK for every one of them.
const partitions: readonly Partition[] = [
  { regions: /^cn-/, suffix: "amazonaws.com.cn", dualStack: "api.amazonwebservices.com.cn" },
  { regions: /^eusc-/, suffix: "amazonaws.eu", dualStack: "api.amazonwebservices.eu" },
  { regions: /^us-iso-/, suffix: "c2s.ic.gov", dualStack: "api.aws.ic.gov" },
  { regions: /^us-isob-/, suffix: "sc2s.sgov.gov", dualStack: "api.aws.scloud" },
  { regions: /^us-isof-/, suffix: "csp.hci.ic.gov", dualStack: "api.aws.hci.ic.gov" },
  { regions: /^eu-isoe-/, suffix: "cloud.adc-e.uk", dualStack: "api.cloud-aws.adc-e.uk" },
  { regions: /^/, suffix: "amazonaws.com", dualStack: "api.aws" },
];

/** Whether a boolean AWS variable is on; they are words, `true` in any case. */
const isOn = (value: string | undefined): boolean => value !== undefined && goBoolean(value.toLowerCase()) === true;

/** The endpoint of a service that has one host a region, as the SDK's rules give it, with AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT. */
export function regionalEndpoint(service: "ssm" | "sts", region: string, env: Env): string {
  const { suffix, dualStack } = partitions.find(({ regions }) => regions.test(region)) ?? { suffix: "amazonaws.com", dualStack: "api.aws" };
  const dual = isOn(env["AWS_USE_DUALSTACK_ENDPOINT"]);
  // GovCloud's plain hosts are FIPS hosts already (the SDK's own special case).
  const fips = isOn(env["AWS_USE_FIPS_ENDPOINT"]) && (dual || !region.startsWith("us-gov-"));
  return `https://${service}${fips ? "-fips" : ""}.${region}.${dual ? dualStack : suffix}`;
}

/** The endpoint URL that the environment asks for: the service's own variable first, then the general one. */
export function configuredEndpoint(service: string, env: Env): string | undefined {
  if (isOn(env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"])) return undefined;
  return env[`AWS_ENDPOINT_URL_${service.toUpperCase().replaceAll(" ", "_")}`] || env["AWS_ENDPOINT_URL"] || undefined;
}
