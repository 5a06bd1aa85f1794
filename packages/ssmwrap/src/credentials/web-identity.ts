import { type Context, Secret, ToolError } from "@sukima/core";
import { configuredEndpoint, type Credentials, regionalEndpoint } from "@sukima/core/aws";
import { platform } from "@sukima/core/platform";
import { checkedEndpoint } from "../region.ts";
import { NoCredentialsInAnswer } from "./document.ts";
import type { Wire } from "../fetch/aws.ts";
import { type ServiceError, isServiceError } from "../fetch/service-error.ts";

/**
 * Credentials by sts:AssumeRoleWithWebIdentity from AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN (EKS, CI systems); undefined when they are not set.
 * The call is unsigned, and STS is asked in the region of the run (the SDKs' `regional` mode), us-east-1 when there is none.
 */
export async function webIdentityCredentials(
  { env, clock }: Context,
  region: string | undefined,
  wire: Wire,
): Promise<Credentials | undefined> {
  const { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: role, AWS_ROLE_SESSION_NAME: session } = env;
  if (!file || !role) return undefined;
  const body = new URLSearchParams({
    Action: "AssumeRoleWithWebIdentity",
    Version: "2011-06-15",
    RoleArn: role,
    RoleSessionName: session || `sukima-ssmwrap-${clock.now().getTime()}`,
    WebIdentityToken: readToken(file),
  });
  const at = region ?? "us-east-1";
  const answer = await wire
    .send({
      service: "sts",
      endpoint: checkedEndpoint(configuredEndpoint("sts", env)) ?? regionalEndpoint("sts", at, env),
      region: at,
      headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
      body: body.toString(),
      credentials: undefined,
    })
    .catch((error: unknown) => Promise.reject(isServiceError(error) && error.status < 500 ? refusal(role, error) : error));
  const element = (name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(answer)?.[1] ?? "";
  const [accessKeyId, secretAccessKey, sessionToken] = ["AccessKeyId", "SecretAccessKey", "SessionToken"].map(element);
  if (!accessKeyId || !secretAccessKey || !sessionToken) throw new NoCredentialsInAnswer("STS gave no credentials");
  return { accessKeyId, secretAccessKey: new Secret(secretAccessKey), sessionToken: new Secret(sessionToken) };
}

function readToken(file: string): string {
  try {
    return platform.readText(file).trim();
  } catch (cause) {
    throw new ToolError("NO_TOKEN_FILE", `AWS_WEB_IDENTITY_TOKEN_FILE: cannot read ${file}`, { cause });
  }
}

const refusal = (role: string, error: ServiceError): Error =>
  /^(Throttling|IDPCommunicationError)/.test(error.code)
    ? error
    : new ToolError("WEB_IDENTITY_REFUSED", `sts:AssumeRoleWithWebIdentity for ${role} was refused (${error.code})`, {
        hint: "check the role's trust policy: provider, audience and subject",
        cause: error,
      });
