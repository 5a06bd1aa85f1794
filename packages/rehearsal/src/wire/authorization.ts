import type { HttpRequest } from "../http/exchange.ts";
import { AwsError } from "./aws-error.ts";
import { readParts } from "./signature-parts.ts";

/** What a signature says about its maker. The signature itself is not verified: only its form is. */
export interface Authorization {
  readonly accessKeyId: string;
  readonly sessionToken: string | undefined;
  readonly region: string;
  readonly service: string;
}

/**
 * Read a request's Signature Version 4, from its Authorization header or, for presigned URLs, from its query.
 * Returns undefined when there is none. Codes and sentences are those of the "Troubleshoot AWS SigV4" and "Common Errors" pages of AWS;
 * which sentence comes first when several things are wrong is a guess.
 */
export function readAuthorization(request: HttpRequest): Authorization | undefined {
  const parts = readParts(request);
  if (parts === undefined) return undefined;
  const { credential, signedHeaders, signature, date, sessionToken } = parts;
  if (!/^\d{8}T\d{6}Z$/.test(date)) {
    throw new AwsError(
      "IncompleteSignatureException",
      `Date must be in ISO-8601 'basic format'. Got '${date}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
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
