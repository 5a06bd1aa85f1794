import type { Context, Env } from "@sukima/core";
import { caBundle, type Credentials, proxyFor, signV4 } from "@sukima/core/aws";
import { platform } from "@sukima/core/platform";

/** An attempt that is not answered within this time is given up and repeated. */
export const attemptMs = 5000;

/** One POST to an AWS service. */
interface ServiceRequest {
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

  return {
    async send({ service, endpoint, region, headers, body, credentials }) {
      const url = new URL(endpoint).href;
      if (url.startsWith("https:") && !caWasRead) [ca, caWasRead] = [caBundle(ctx.env), true];
      const plain = { ...headers, "user-agent": agent };
      const proxy = await proxyFor(url, ctx.env);
      for (let corrected = false; ; corrected = true) {
        const at = new Date(ctx.clock.now().getTime() + skewMs);
        const signed =
          credentials === undefined ? plain : signV4({ method: "POST", url, headers: plain, body }, credentials, { service, region, at });
        const signal = AbortSignal.any([ctx.signal, AbortSignal.timeout(attemptMs)]);
        const answer = await platform.send({ method: "POST", url, headers: signed, body, ca, proxy, signal });
        if (answer.status === 200) return answer.body;
        // Refusals are rare: what reads them is loaded with the first one.
        const { isClockError, serviceError } = await import("./service-error.ts");
        const error = serviceError(answer, ctx.clock.now());
        // A clock that is wrong by minutes makes every signature invalid: once, sign with the service's time.
        if (corrected || !isClockError(error)) throw error;
        skewMs = error.skewMs;
      }
    },
  };
}
