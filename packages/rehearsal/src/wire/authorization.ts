import { header, type HttpRequest, queryOf } from "../http/exchange.ts";
import { AwsError } from "./aws-error.ts";

/** What a signature says about its maker. The signature itself is not verified: only its form is. */
export interface Authorization {
  readonly accessKeyId: string;
  readonly sessionToken: string | undefined;
  readonly region: string;
  readonly service: string;
}

interface Parts {
  readonly credential: string | undefined;
  readonly signedHeaders: string | undefined;
  readonly signature: string | undefined;
  readonly date: string | undefined;
  readonly sessionToken: string | undefined;
}

const ALGORITHM = "AWS4-HMAC-SHA256";

/**
 * Read a request's Signature Version 4, from its Authorization header or, for presigned URLs, from its query.
 * Returns undefined when there is none. Codes and sentences are those of the "Troubleshoot AWS SigV4" and "Common Errors" pages of AWS;
 * which sentence comes first when several things are wrong is a guess.
 */
export function readAuthorization(request: HttpRequest): Authorization | undefined {
  const parts = fromHeader(request) ?? fromQuery(request);
  if (parts === undefined) return undefined;
  const { credential, signedHeaders, signature, date, sessionToken } = parts;
  const lacks = [
    ...(credential === undefined ? ["Authorization header requires 'Credential' parameter."] : []),
    ...(signature === undefined ? ["Authorization header requires 'Signature' parameter."] : []),
    ...(signedHeaders === undefined ? ["Authorization header requires 'SignedHeaders' parameter."] : []),
    ...(date === undefined ? ["Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."] : []),
  ];
  if (credential === undefined || signedHeaders === undefined || signature === undefined || date === undefined) {
    throw new AwsError("IncompleteSignatureException", lacks.join(" "));
  }
  if (!/^[0-9a-f]{64}$/.test(signature)) {
    throw new AwsError(
      "InvalidSignatureException",
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
    );
  }
  if (!signedHeaders.split(";").includes("host")) {
    throw new AwsError("InvalidSignatureException", "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  return { ...readScope(credential, date), sessionToken };
}

/** `Credential` is `key/date/region/service/aws4_request`. */
function readScope(credential: string, date: string): Omit<Authorization, "sessionToken"> {
  const [accessKeyId, day, region, service, terminator, ...rest] = credential.split("/");
  if (!accessKeyId || day === undefined || region === undefined || service === undefined || terminator === undefined || rest.length > 0) {
    throw new AwsError(
      "IncompleteSignatureException",
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    );
  }
  if (terminator !== "aws4_request") {
    throw new AwsError(
      "InvalidSignatureException",
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${terminator}'.`,
    );
  }
  if (!/^[a-z0-9]+(-[a-z0-9]+)+$/.test(region)) {
    throw new AwsError("InvalidSignatureException", `Credential should be scoped to a valid region, not '${region}'.`);
  }
  if (!/^[a-z0-9-]+$/.test(service)) throw new AwsError("InvalidSignatureException", "Credential should be scoped to correct service.");
  if (!/^\d{8}$/.test(day) || !date.startsWith(day)) {
    throw new AwsError(
      "InvalidSignatureException",
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${day}' != '${date.slice(0, 8)}', from '${date}'.`,
    );
  }
  return { accessKeyId, region, service };
}

function fromHeader(request: HttpRequest): Parts | undefined {
  const value = header(request, "authorization");
  if (value === undefined) return undefined;
  const [algorithm, ...rest] = value.trim().split(/\s+/);
  if (algorithm !== ALGORITHM) {
    throw new AwsError(
      "IncompleteSignatureException",
      `Unsupported AWS 'algorithm': '${algorithm ?? ""}', only ${ALGORITHM} is accepted here.`,
    );
  }
  // Clients separate the parameters with ", " or with "," alone.
  const fields = rest
    .join("")
    .split(",")
    .map((field) => [field.slice(0, field.indexOf("=")), field.slice(field.indexOf("=") + 1)] as const);
  const parameters = new Map(fields);
  return {
    credential: parameters.get("Credential"),
    signedHeaders: parameters.get("SignedHeaders"),
    signature: parameters.get("Signature"),
    date: dateOf(request),
    sessionToken: header(request, "x-amz-security-token"),
  };
}

function fromQuery(request: HttpRequest): Parts | undefined {
  const query = new URLSearchParams(queryOf(request));
  if (query.get("X-Amz-Algorithm") !== ALGORITHM) return undefined;
  return {
    credential: query.get("X-Amz-Credential") ?? undefined,
    signedHeaders: query.get("X-Amz-SignedHeaders") ?? undefined,
    signature: query.get("X-Amz-Signature") ?? undefined,
    date: query.get("X-Amz-Date") ?? undefined,
    sessionToken: query.get("X-Amz-Security-Token") ?? undefined,
  };
}

/** The signing time in the compact ISO form, from X-Amz-Date or else from Date. */
function dateOf(request: HttpRequest): string | undefined {
  const compact = header(request, "x-amz-date");
  if (compact !== undefined) return compact;
  const date = new Date(header(request, "date") ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().replaceAll(/[-:]|\.\d+/g, "");
}
