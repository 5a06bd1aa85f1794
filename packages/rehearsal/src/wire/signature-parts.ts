import { header, type HttpRequest, queryOf } from "../http/exchange.ts";
import { AwsError } from "./aws-error.ts";

/** The parts of a signature as they were sent. */
export interface SignatureParts {
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
  /** The signing time, `YYYYMMDDTHHMMSSZ` unless the client got it wrong. */
  readonly date: string;
  readonly sessionToken: string | undefined;
}

const ALGORITHM = "AWS4-HMAC-SHA256";

/**
 * The signature of the Authorization header or, in presigned URLs, of the query; undefined when there is none.
 * Throws for one that lacks a part, and for a request that has both.
 */
export function readParts(request: HttpRequest): SignatureParts | undefined {
  const query = new URLSearchParams(queryOf(request));
  const value = header(request, "authorization");
  if (value === undefined) return query.get("X-Amz-Algorithm") === ALGORITHM ? fromQuery(query) : undefined;
  if (query.has("X-Amz-Algorithm")) {
    throw new AwsError(
      "InvalidSignatureException",
      "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
    );
  }
  return fromHeader(request, value);
}

function fromHeader(request: HttpRequest, value: string): SignatureParts {
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
  const [credential, signature, signedHeaders] = ["Credential", "Signature", "SignedHeaders"].map((name) => parameters.get(name));
  const date = dateOf(request);
  if (credential === undefined || signedHeaders === undefined || signature === undefined || date === undefined) {
    const lacks = [
      ...(credential === undefined ? ["Authorization header requires 'Credential' parameter."] : []),
      ...(signature === undefined ? ["Authorization header requires 'Signature' parameter."] : []),
      ...(signedHeaders === undefined ? ["Authorization header requires 'SignedHeaders' parameter."] : []),
      ...(date === undefined ? ["Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."] : []),
    ];
    throw new AwsError("IncompleteSignatureException", lacks.join(" "));
  }
  return { credential, signedHeaders, signature, date, sessionToken: header(request, "x-amz-security-token") };
}

/** A parameter without a value counts as absent. */
function fromQuery(query: URLSearchParams): SignatureParts {
  const lacks: string[] = [];
  const required = (name: string): string => {
    const value = query.get(name) ?? "";
    if (value === "") lacks.push(`AWS query-string parameters must include '${name}'.`);
    return value;
  };
  const parts = {
    credential: required("X-Amz-Credential"),
    signature: required("X-Amz-Signature"),
    signedHeaders: required("X-Amz-SignedHeaders"),
    date: required("X-Amz-Date"),
    sessionToken: query.get("X-Amz-Security-Token") ?? undefined,
  };
  if (lacks.length > 0) throw new AwsError("IncompleteSignatureException", [...lacks, "Re-examine the query-string parameters."].join(" "));
  return parts;
}

/** The signing time in the compact ISO form, from X-Amz-Date or else from Date; a Date that is none as it was sent. */
function dateOf(request: HttpRequest): string | undefined {
  const compact = header(request, "x-amz-date");
  if (compact !== undefined) return compact;
  const sent = header(request, "date");
  const date = new Date(sent ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? sent : date.toISOString().replaceAll(/[-:]|\.\d+/g, "");
}
