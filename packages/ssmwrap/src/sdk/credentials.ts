import { fromNodeProviderChain, fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { type Context, isToolError, Secret, ToolError } from "@sukima/core";
import type { Credentials } from "@sukima/core/aws";
import { awsConfig } from "@sukima/core/aws-config";
import type { Identity } from "../credentials/chain.ts";
import { tool } from "../tool.ts";

/** Credentials by the SDK's own chain (profiles, SSO, credential_process, assume-role), and by a role to assume on top of them. */
export async function sdkCredentials(ctx: Context, { profile, roleArn, region }: Identity): Promise<Credentials> {
  const clientConfig = awsConfig(ctx, tool, region === undefined ? {} : { region });
  const { logger } = clientConfig;
  const chain = fromNodeProviderChain({ clientConfig, logger, ...(profile === undefined ? {} : { profile }) });
  const provider =
    roleArn === undefined
      ? chain
      : fromTemporaryCredentials({
          clientConfig,
          masterCredentials: chain,
          params: { RoleArn: roleArn, RoleSessionName: `sukima-ssmwrap-${ctx.clock.now().getTime()}` },
        });
  const { accessKeyId, secretAccessKey, sessionToken } = await Promise.race([provider(), aborted(ctx.signal)]).catch((error: unknown) =>
    Promise.reject(ctx.signal.aborted || isToolError(error) ? error : explain(error, roleArn, profile)),
  );
  return {
    accessKeyId,
    secretAccessKey: new Secret(secretAccessKey),
    sessionToken: sessionToken === undefined ? undefined : new Secret(sessionToken),
  };
}

/** Rejects when the run is to end: a provider may wait for a program or a server that never answers, and takes no signal. */
const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
  });

function explain(cause: unknown, roleArn: string | undefined, profile: string | undefined): ToolError {
  const text = cause instanceof Error ? cause.message.replace(/\s+/g, " ").slice(0, 300) : "";
  if (/sso/i.test(text)) {
    const login = `aws sso login${profile === undefined ? "" : ` --profile ${profile}`}`;
    return new ToolError("SSO_EXPIRED", `the SSO session cannot be used: ${text}`, { hint: `log in with: ${login}`, cause });
  }
  if (roleArn !== undefined && cause instanceof Error && /AccessDenied|not authorized/.test(`${cause.name} ${text}`)) {
    return new ToolError("ROLE_REFUSED", `sts:AssumeRole on ${roleArn} was refused`, {
      hint: "check the role's trust policy, and that the caller may assume it",
      cause,
    });
  }
  return new ToolError("NO_CREDENTIALS", `no AWS credentials were found${text === "" ? "" : `: ${text}`}`, {
    hint: "check AWS_PROFILE and the files of the shared configuration",
    cause,
  });
}
