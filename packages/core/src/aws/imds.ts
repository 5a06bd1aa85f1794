import type { Clock } from "../clock.ts";
import type { Env } from "../context.ts";
import { ToolError } from "../error.ts";
import type { HttpAnswer, HttpRequest } from "../platform/seam.ts";

/** Six hours, the longest life the service grants (IMDS user guide; 21601 is refused). */
const tokenTtlSeconds = 21_600;
const attemptMs = 1000;

export interface ImdsSettings {
  readonly endpoint: string;
  readonly send: (request: HttpRequest) => Promise<HttpAnswer>;
  readonly clock: Clock;
  /** Whether a plain IMDSv1 request may be tried while tokens cannot be had. */
  readonly allowV1: boolean;
}

export interface Imds {
  /** The body below `/latest/`, or undefined when there is nothing (404). Throws `ToolError` IMDS_UNREACHABLE, IMDS_OFF or IMDS_REFUSED. */
  get(path: string, signal: AbortSignal): Promise<string | undefined>;
}

/** Where the instance metadata service answers: AWS_EC2_METADATA_SERVICE_ENDPOINT, else by AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE. */
export function imdsEndpoint(env: Env): string {
  const configured = env["AWS_EC2_METADATA_SERVICE_ENDPOINT"];
  if (configured) return configured.replace(/\/$/, "");
  return env["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"]?.toLowerCase() === "ipv6" ? "http://[fd00:ec2::254]" : "http://169.254.169.254";
}

/** A client of the EC2 instance metadata service, version 2: tokens are renewed at half life and after a 401, requests never pass a proxy and end after a second. */
export function imdsClient({ endpoint, send, clock, allowV1 }: ImdsSettings): Imds {
  let token: { readonly value: string; readonly renewAtMs: number } | undefined;

  const request = async (
    method: "GET" | "PUT",
    path: string,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<HttpAnswer> => {
    const limit = AbortSignal.timeout(attemptMs);
    try {
      return await send({ method, url: `${endpoint}/latest/${path}`, headers, signal: AbortSignal.any([signal, limit]) });
    } catch (cause) {
      signal.throwIfAborted();
      const hint =
        method === "PUT" && limit.aborted
          ? "a token request that is never answered is typical of HttpPutResponseHopLimit 1 in a container: raise it to 2, or use host networking"
          : "not on EC2? set AWS_EC2_METADATA_DISABLED=true";
      throw new ToolError("IMDS_UNREACHABLE", `the instance metadata service at ${endpoint} does not answer`, { hint, cause });
    }
  };

  const freshToken = async (signal: AbortSignal): Promise<string> => {
    const answer = await request("PUT", "api/token", { "x-aws-ec2-metadata-token-ttl-seconds": String(tokenTtlSeconds) }, signal);
    if (answer.status === 403) throw new ToolError("IMDS_OFF", `the instance metadata service at ${endpoint} is turned off (403)`);
    if (answer.status !== 200)
      throw new ToolError("IMDS_UNREACHABLE", `the instance metadata service at ${endpoint} refused a token (${answer.status})`);
    token = { value: answer.body, renewAtMs: clock.elapsedMs() + (tokenTtlSeconds * 1000) / 2 };
    return token.value;
  };

  const currentToken = async (signal: AbortSignal): Promise<string | undefined> => {
    if (token !== undefined && clock.elapsedMs() < token.renewAtMs) return token.value;
    try {
      return await freshToken(signal);
    } catch (error) {
      if (token !== undefined) return token.value;
      if (allowV1 && error instanceof ToolError && error.code === "IMDS_UNREACHABLE") return undefined;
      throw error;
    }
  };

  const read = async (path: string, value: string | undefined, signal: AbortSignal): Promise<HttpAnswer> =>
    request("GET", path, value === undefined ? {} : { "x-aws-ec2-metadata-token": value }, signal);

  return {
    async get(path, signal) {
      let answer = await read(path, await currentToken(signal), signal);
      if (answer.status === 401) {
        token = undefined;
        answer = await read(path, await freshToken(signal), signal);
      }
      if (answer.status === 404) return undefined;
      if (answer.status === 403) throw new ToolError("IMDS_OFF", `the instance metadata service at ${endpoint} is turned off (403)`);
      if (answer.status !== 200) throw new ToolError("IMDS_REFUSED", `the instance metadata service answered ${answer.status} for ${path}`);
      return answer.body;
    },
  };
}
