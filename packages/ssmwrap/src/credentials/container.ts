import { type Context, type Env, ToolError } from "@sukima/core";
import type { Credentials } from "@sukima/core/aws";
import { platform } from "@sukima/core/platform";
import { serviceError, isServiceError } from "../fetch/service-error.ts";
import { NoCredentialsInAnswer, readCredentialDocument } from "./document.ts";

/** The SDK's HTTP provider gives the agent a second, too (`@aws-sdk/credential-provider-http`). */
const attemptMs = 1000;

/** Addresses to which a token may go without TLS: loopback, and those of the ECS and EKS agents (AWS SDK reference guide, container credential provider). */
const trusted = /^(localhost|127(\.\d+){3}|\[::1\]|169\.254\.170\.2|169\.254\.170\.23|\[fd00:ec2::23\])$/;

function endpoint(env: Env): string | undefined {
  const relative = env["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"];
  if (relative) return `http://169.254.170.2${relative}`;
  const full = env["AWS_CONTAINER_CREDENTIALS_FULL_URI"];
  if (!full) return undefined;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (url === undefined || !(url.protocol === "https:" || (url.protocol === "http:" && trusted.test(url.hostname)))) {
    throw new ToolError("BAD_CREDENTIALS_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI must be https, or http on a loopback or agent address");
  }
  return full;
}

function authorization(env: Env): string | undefined {
  const file = env["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"];
  if (!file) return env["AWS_CONTAINER_AUTHORIZATION_TOKEN"] || undefined;
  try {
    return platform.readText(file).trim();
  } catch (cause) {
    throw new ToolError("NO_TOKEN_FILE", `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: cannot read ${file}`, { cause });
  }
}

/**
 * Credentials of the ECS task or EKS pod; undefined when the environment names no such endpoint. Never by proxy.
 * One attempt: it rejects with `ServiceError` or the network's error, for the caller to try again (the agent's endpoint is limited to 40 a second by default).
 */
export async function containerCredentials({ env, clock, signal }: Context): Promise<Credentials | undefined> {
  const url = endpoint(env);
  if (url === undefined) return undefined;
  const token = authorization(env);
  const headers: Record<string, string> = token === undefined ? {} : { authorization: token };
  const answer = await platform.send({ method: "GET", url, headers, signal: AbortSignal.any([signal, AbortSignal.timeout(attemptMs)]) });
  if (answer.status !== 200) throw serviceError(answer, clock.now());
  return readCredentialDocument(answer.body, url);
}

function said(cause: unknown): string {
  if (isServiceError(cause)) return `answered ${cause.status}`;
  return cause instanceof NoCredentialsInAnswer ? "gave no credentials" : "does not answer";
}

/** The last word on a container endpoint that gave nothing after all attempts. */
export const containerRefusal = (env: Env, cause: unknown): ToolError =>
  new ToolError("NO_CONTAINER_CREDENTIALS", `the container credentials endpoint ${endpoint(env)} ${said(cause)}`, {
    hint: "check that the task has a task role",
    cause,
  });
