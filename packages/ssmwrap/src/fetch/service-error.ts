import { ToolError } from "@sukima/core";
import type { HttpAnswer } from "@sukima/core/platform";
import type { RetryAdvice } from "./retry.ts";

const brand = Symbol.for("sukima.ssmwrap.ServiceError");

/** An AWS service's refusal. `text` is the service's own sentence; it never holds a parameter's value. */
export class ServiceError extends Error {
  readonly code: string;
  readonly status: number;
  readonly text: string;
  readonly retryAfterMs: number | undefined;
  /** Milliseconds that the service's clock is ahead of ours. */
  readonly skewMs: number;

  constructor(code: string, status: number, text: string, answer: { retryAfterMs: number | undefined; skewMs: number }) {
    super(`${code} (HTTP ${status})`);
    this.code = code;
    this.status = status;
    this.text = text;
    this.retryAfterMs = answer.retryAfterMs;
    this.skewMs = answer.skewMs;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** Whether something thrown is a `ServiceError`. The npm form is two files, each with its own copy of the class, so a brand decides. */
export const isServiceError = (thrown: unknown): thrown is ServiceError => thrown instanceof Error && brand in thrown;

/** The error in an answer of the AWS JSON protocols (`__type`, `x-amzn-errortype`) or of the query protocol (`<Code>`). */
export function serviceError(answer: HttpAnswer, now: Date): ServiceError {
  const [code, text] = answer.body.trimStart().startsWith("<") ? fromXml(answer.body) : fromJson(answer);
  const after = Number(answer.header("x-amz-retry-after") ?? Number.NaN);
  const theirs = Date.parse(answer.header("date") ?? "");
  return new ServiceError(code || `HTTP ${answer.status}`, answer.status, text, {
    retryAfterMs: Number.isFinite(after) ? after : undefined,
    skewMs: Number.isFinite(theirs) ? theirs - now.getTime() : 0,
  });
}

function fromXml(body: string): [string, string] {
  const element = (name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1] ?? "";
  return [element("Code"), element("Message")];
}

function fromJson(answer: HttpAnswer): [string, string] {
  let body: unknown;
  try {
    body = JSON.parse(answer.body);
  } catch {
    body = undefined;
  }
  const members: Readonly<Record<string, unknown>> = typeof body === "object" && body !== null ? { ...body } : {};
  const member = (...names: string[]): string => names.map((name) => members[name]).find((value) => typeof value === "string") ?? "";
  const type = answer.header("x-amzn-errortype") ?? member("__type", "code");
  return [type.replace(/^.*#/, "").replace(/:.*$/, ""), member("message", "Message")];
}

// The SDKs' own lists (`@smithy/service-error-classification`, botocore's standard retry mode).
const throttles =
  /^(Throttling(Exception)?|ThrottledException|RequestThrottled(Exception)?|TooManyRequestsException|ProvisionedThroughputExceededException|RequestLimitExceeded|BandwidthLimitExceeded|LimitExceededException|SlowDown|PriorRequestNotComplete|TransactionInProgressException|EC2ThrottledException)$/;
const passing = /^(RequestTimeout(Exception)?|TimeoutError|IDPCommunicationError)$/;

/** How to go on after a failed call; undefined when another try cannot help. Anything that is not an answer (network, time limit, half a body) may pass. */
export function adviseOnCall(error: unknown): RetryAdvice | undefined {
  if (error instanceof ToolError) return undefined;
  if (!isServiceError(error)) return { kind: "transient" };
  if (throttles.test(error.code) || error.status === 429) return { kind: "throttled", afterMs: error.retryAfterMs };
  return error.status >= 500 || passing.test(error.code) ? { kind: "transient", afterMs: error.retryAfterMs } : undefined;
}

/** Whether a call was refused because our clock and the service's differ by minutes. */
export const isClockError = ({ code, skewMs }: ServiceError): boolean =>
  /^(InvalidSignatureException|SignatureDoesNotMatch|RequestExpired|RequestTimeTooSkewed|AuthFailure|RequestInTheFuture)$/.test(code) &&
  Math.abs(skewMs) > 240_000;
