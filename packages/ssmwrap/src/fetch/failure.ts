import { Interrupted, isToolError, ToolError } from "@sukima/core";
import { attemptMs } from "./aws.ts";
import type { Fetch } from "./plan.ts";
import { type ServiceError, isServiceError } from "./service-error.ts";
import { BrokenAnswer } from "./ssm.ts";

const operations: Readonly<Record<Fetch["kind"], string>> = {
  path: "ssm:GetParametersByPath",
  names: "ssm:GetParameters",
  secrets: "secretsmanager:GetSecretValue",
};

const keyArn = /arn:[\w-]+:kms:[\w:/.-]+/;
const isKms = ({ code, text }: ServiceError): boolean =>
  code.startsWith("KMS") || /kms:|ciphertext|KMS key|customer master key/i.test(`${code} ${text}`) || code === "InvalidKeyId";

/** The service's own sentence, on one line and not endless. */
const sentence = (text: string): string => (text === "" ? "" : `: ${text.replace(/\s+/g, " ").slice(0, 300)}`);

/** What a failed fetch was about. */
interface About {
  readonly kind: Fetch["kind"];
  readonly shown: readonly string[];
  readonly endpoint: string;
  readonly proxied: boolean;
}

/** Tell a failure so that the reader knows what to change. An interruption, and what is explained already, pass through. */
export function explainFailure(error: unknown, { kind, shown, endpoint, proxied }: About): unknown {
  if (error instanceof Interrupted || isToolError(error)) return error;
  return isServiceError(error) ? explainRefusal(error, kind, shown) : explainNetwork(error, endpoint, proxied);
}

function explainRefusal(error: ServiceError, kind: Fetch["kind"], shown: readonly string[]): ToolError {
  const operation = operations[kind];
  const about = `${operation} on ${shown.join(", ")}`;
  const fail = (code: string, message: string, hint?: string): ToolError =>
    new ToolError(code, message, { cause: error, ...(hint === undefined ? {} : { hint }) });
  const { code, text } = error;
  if (isKms(error)) {
    const key = keyArn.exec(text)?.[0];
    return fail(
      "KMS_REFUSED",
      `decryption was refused for ${shown.join(", ")}${key === undefined ? "" : ` with the key ${key}`} (${code})${key === undefined ? sentence(text) : ""}`,
      `allow kms:Decrypt on ${key ?? "the parameter's key"} for the role that runs this, and check that the key is enabled`,
    );
  }
  if (code.startsWith("AccessDenied")) {
    const who = /arn:[\w-]+:(?:sts|iam)::[\w:/.@+=,-]+/.exec(text)?.[0];
    return fail(
      "ACCESS_DENIED",
      `${about} was refused${who === undefined ? "" : ` for ${who}`}`,
      `allow ${operation} on these parameters in the role's policy`,
    );
  }
  if (
    /^(UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch|ExpiredToken(Exception)?|MissingAuthenticationToken(Exception)?|IncompleteSignature(Exception)?)$/.test(
      code,
    )
  ) {
    return fail(
      "BAD_CREDENTIALS",
      `the credentials were not accepted (${code})${sentence(text)}`,
      "check the keys or the role; temporary ones may have expired",
    );
  }
  if (/[Tt]hrottl|TooMany|LimitExceeded/.test(code)) {
    return fail(
      "THROTTLED",
      `${about} was throttled on every attempt`,
      "raise -max-attempts or -timeout, spread starts with -splay, or ask for higher Parameter Store throughput",
    );
  }
  return fail("REFUSED", `${about} failed with ${code}${sentence(text)}`);
}

/** No whole answer came. */
function explainNetwork(error: unknown, endpoint: string, proxied: boolean): ToolError {
  const host = URL.canParse(endpoint) ? new URL(endpoint).host : endpoint;
  if (error instanceof BrokenAnswer) {
    return new ToolError("BROKEN_ANSWER", `${host} answered, but not what SSM answers (${error.message})`, {
      hint: "is something else listening there? check the endpoint URL and the proxy",
      cause: error,
    });
  }
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
  return new ToolError("NO_CONNECTION", `no connection to ${host}${proxied ? " through the proxy" : ""}${code}`, { hint, cause: error });
}
