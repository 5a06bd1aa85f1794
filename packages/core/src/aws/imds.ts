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
  /**
   * The body at a path below `/latest/`, or undefined when there is nothing (404).
   * Rejects with the signal's reason, or with `ToolError`: IMDS_UNREACHABLE (no answer), IMDS_OFF (403), IMDS_BUSY (429 and 5xx, which may pass), IMDS_REFUSED (any other answer).
   */
  get(path: string, signal: AbortSignal): Promise<string | undefined>;
}

/** Where the instance metadata service answers: AWS_EC2_METADATA_SERVICE_ENDPOINT, else by AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE. */
export function imdsEndpoint(env: Env): string {
  const configured = env["AWS_EC2_METADATA_SERVICE_ENDPOINT"];
  if (configured) return configured.replace(/\/$/, "");
  return env["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"]?.toLowerCase() === "ipv6" ? "http://[fd00:ec2::254]" : "http://169.254.169.254";
}

interface Token {
  readonly value: string;
  readonly renewAtMs: number;
  readonly expiresAtMs: number;
}

/** The outcome of `work`, unless the signal aborts first: then its reason, while `work` goes on for others who wait for it. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener("abort", stop));
}

/**
 * A client of the EC2 instance metadata service, version 2. Requests never pass a proxy and end after a second.
 * The token is renewed at half life, behind the requests that still use the old one, and after a 401, once a request.
 */
export function imdsClient({ endpoint, send, clock, allowV1 }: ImdsSettings): Imds {
  let token: Token | undefined;
  let renewal: Promise<Token> | undefined;

  const request = async (
    method: "GET" | "PUT",
    path: string,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<HttpAnswer> => {
    const limit = AbortSignal.timeout(attemptMs);
    let answer: HttpAnswer;
    try {
      answer = await send({ method, url: `${endpoint}/latest/${path}`, headers, signal: AbortSignal.any([signal, limit]) });
    } catch (cause) {
      signal.throwIfAborted();
      const hint = method === "PUT" && limit.aborted ? hopLimitHint : elsewhereHint;
      throw new ToolError("IMDS_UNREACHABLE", `the instance metadata service at ${endpoint} does not answer`, {
        // Once it has answered, the way there is known to be right.
        ...(token === undefined ? { hint } : {}),
        cause,
      });
    }
    if (answer.status === 403) throw new ToolError("IMDS_OFF", `the instance metadata service at ${endpoint} is turned off (403)`);
    return answer;
  };

  const requestToken = async (): Promise<Token> => {
    const headers = { "x-aws-ec2-metadata-token-ttl-seconds": String(tokenTtlSeconds) };
    const answer = await request("PUT", "api/token", headers, new AbortController().signal);
    if (answer.status !== 200) throw refused(answer, "a token");
    const now = clock.elapsedMs();
    token = { value: answer.body, renewAtMs: now + tokenTtlSeconds * 500, expiresAtMs: now + tokenTtlSeconds * 1000 };
    return token;
  };

  /** One token request at a time, whoever waits for it; nobody has to. */
  const renew = (): Promise<Token> => {
    if (renewal === undefined) {
      renewal = requestToken().finally(() => (renewal = undefined));
      renewal.catch(() => {});
    }
    return renewal;
  };

  /** The token to use, or why there is none while version 1 may be tried. */
  const authorize = async (signal: AbortSignal): Promise<Token | ToolError> => {
    const now = clock.elapsedMs();
    if (token !== undefined && now < token.renewAtMs) return token;
    const renewed = renew();
    if (token !== undefined && now < token.expiresAtMs) return token;
    try {
      return await untilAborted(renewed, signal);
    } catch (error) {
      if (allowV1 && error instanceof ToolError && error.code !== "IMDS_OFF") return error;
      throw error;
    }
  };

  const read = (path: string, held: Token | undefined, signal: AbortSignal): Promise<HttpAnswer> =>
    request("GET", path, held === undefined ? {} : { "x-aws-ec2-metadata-token": held.value }, signal);

  return {
    async get(path, signal) {
      const held = await authorize(signal);
      const isTokenless = held instanceof ToolError;
      let answer = await read(path, isTokenless ? undefined : held, signal);
      if (answer.status === 401) {
        // Version 1 is not allowed here, so the missing token is the trouble.
        if (isTokenless) throw held;
        if (token?.value === held.value) token = undefined;
        answer = await read(path, token ?? (await untilAborted(renew(), signal)), signal);
      }
      if (answer.status === 404) return undefined;
      if (answer.status !== 200) throw refused(answer, path);
      return answer.body;
    },
  };
}

const hopLimitHint =
  "a token request that is never answered is typical of HttpPutResponseHopLimit 1 in a container: raise it to 2, or use host networking";
const elsewhereHint = "not on EC2? set AWS_EC2_METADATA_DISABLED=true";

const refused = ({ status }: HttpAnswer, what: string): ToolError =>
  new ToolError(
    status === 429 || status >= 500 ? "IMDS_BUSY" : "IMDS_REFUSED",
    `the instance metadata service answered ${status} for ${what}`,
  );
