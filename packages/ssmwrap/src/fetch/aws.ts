import { type Context, type Env, Interrupted, ToolError } from "@sukima/core";
import { caBundle, type Credentials, proxyFor, signV4 } from "@sukima/core/aws";
import { type HttpAnswer, platform } from "@sukima/core/platform";
import { ServiceError, serviceError } from "./service-error.ts";

/** An attempt that is not answered within this time is given up and repeated. */
export const attemptMs = 5000;

/** One POST to an AWS service. */
export interface ServiceRequest {
  readonly service: "ssm" | "sts";
  readonly endpoint: string;
  readonly region: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Undefined for the few unsigned calls. */
  readonly credentials: Credentials | undefined;
}

/** How this process speaks to AWS endpoints: trust, proxy, clock correction and the user agent are decided once. */
export interface Wire {
  /** The body of a good answer. Rejects with `ServiceError`, the runtime's network error, or the reason of an aborted signal. */
  send(request: ServiceRequest): Promise<string>;
}

const userAgent = (version: string, env: Env): string => {
  const environment = env["AWS_EXECUTION_ENV"] ? ` exec-env/${env["AWS_EXECUTION_ENV"].replace(/[^\w.+-]/g, "-")}` : "";
  const application = env["AWS_SDK_UA_APP_ID"] ? ` app/${env["AWS_SDK_UA_APP_ID"].replace(/[^\w.+-]/g, "-")}` : "";
  return `sukima-ssmwrap/${version}${environment}${application}`;
};

export function createWire(ctx: Context, version: string): Wire {
  const agent = userAgent(version, ctx.env);
  let ca: string | undefined;
  let caWasRead = false;
  let skewMs = 0;

  const post = async ({ service, endpoint, region, headers, body, credentials }: ServiceRequest): Promise<HttpAnswer> => {
    const url = new URL(endpoint).href;
    if (url.startsWith("https:") && !caWasRead) [ca, caWasRead] = [caBundle(ctx.env), true];
    const plain = { ...headers, "user-agent": agent };
    const at = new Date(ctx.clock.now().getTime() + skewMs);
    const signed =
      credentials === undefined ? plain : signV4({ method: "POST", url, headers: plain, body }, credentials, { service, region, at });
    const limit = AbortSignal.timeout(attemptMs);
    const signal = AbortSignal.any([ctx.signal, limit]);
    return platform.send({ method: "POST", url, headers: signed, body, ca, proxy: await proxyFor(url, ctx.env), signal });
  };

  return {
    async send(request) {
      for (let corrected = false; ; corrected = true) {
        const answer = await post(request);
        if (answer.status === 200) return answer.body;
        const error = serviceError(answer, ctx.clock.now());
        // A clock that is wrong by minutes makes every signature invalid: once, sign with the service's time.
        if (corrected || !isClockError(error)) throw error;
        skewMs = error.skewMs;
      }
    },
  };
}

const isClockError = ({ code, skewMs }: ServiceError): boolean =>
  /^(InvalidSignatureException|SignatureDoesNotMatch|RequestExpired|RequestTimeTooSkewed|AuthFailure|RequestInTheFuture)$/.test(code) &&
  Math.abs(skewMs) > 240_000;

/** What stopped the run: an interruption passes through, anything else is told as `ToolError`. */
export function explainNetwork(error: unknown, endpoint: string): unknown {
  if (error instanceof Interrupted || error instanceof ToolError || error instanceof ServiceError) return error;
  const host = new URL(endpoint).host;
  if (error instanceof Error && error.name === "TimeoutError") {
    return new ToolError("NO_ANSWER", `${host} did not answer within ${attemptMs / 1000} s`, {
      hint: "check the route, the VPC endpoint and the security groups",
      cause: error,
    });
  }
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? ` (${error.code})` : "";
  const hint = /CERT|SELF_SIGNED|UNABLE_TO/.test(code)
    ? "if a proxy or an endpoint of your own signs its certificates, point AWS_CA_BUNDLE at them"
    : "check the region, the route and the proxy variables";
  return new ToolError("NO_CONNECTION", `no connection to ${host}${code}`, { hint, cause: error });
}
