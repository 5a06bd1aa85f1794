import { SSMClient } from "@aws-sdk/client-ssm";
import { STSClient } from "@aws-sdk/client-sts";
import { expect, it } from "vitest";
import { configuredEndpoint, regionalEndpoint } from "./endpoint.ts";

const regions = [
  "us-east-1",
  "ap-northeast-1",
  "eu-central-2",
  "us-gov-west-1",
  "us-gov-east-1",
  "cn-north-1",
  "us-iso-east-1",
  "us-isob-east-1",
  "us-isof-south-1",
  "eu-isoe-west-1",
  "eusc-de-east-1",
];
const clients = { ssm: SSMClient, sts: STSClient };

/** Where the SDK goes; undefined where it refuses, because the partition lacks that kind of host. */
function sdkEndpoint(service: "ssm" | "sts", region: string, fips: boolean, dual: boolean): string | undefined {
  const { endpointProvider } = new clients[service]({ region }).config;
  try {
    return endpointProvider({ Region: region, UseFIPS: fips, UseDualStack: dual }).url.href.replace(/\/$/, "");
  } catch {
    return undefined;
  }
}

const switches = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;
const cases = (["ssm", "sts"] as const).flatMap((service) =>
  regions.flatMap((region) =>
    switches.map(([fips, dual]) => ({ service, region, fips, dual, wanted: sdkEndpoint(service, region, fips, dual) })),
  ),
);

it.each(cases.filter(({ wanted }) => wanted !== undefined))(
  "$service in $region, fips=$fips dualstack=$dual is at $wanted",
  ({ service, region, fips, dual, wanted }) => {
    const env = { AWS_USE_FIPS_ENDPOINT: String(fips), AWS_USE_DUALSTACK_ENDPOINT: String(dual) };
    expect(regionalEndpoint(service, region, env)).toBe(wanted);
  },
);

it("takes the service's own endpoint variable before the general one, unless both are to be ignored", () => {
  const env = { AWS_ENDPOINT_URL: "http://a", AWS_ENDPOINT_URL_SSM: "http://b" };
  expect(configuredEndpoint("ssm", env)).toBe("http://b");
  expect(configuredEndpoint("sts", env)).toBe("http://a");
  expect(configuredEndpoint("ssm", { ...env, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" })).toBeUndefined();
});
