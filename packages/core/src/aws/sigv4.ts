import { platform } from "../platform/index.ts";
import type { Credentials } from "./credentials.ts";

export interface SignableRequest {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. `host` is added from the URL. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SigningScope {
  readonly service: string;
  readonly region: string;
  readonly at: Date;
}

// encodeURIComponent leaves five characters that SigV4 wants encoded.
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** Sorted by code unit, as the standard asks for (its texts are ASCII after encoding). */
const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function canonicalQuery({ search, searchParams: query }: URL): string {
  if (search === "") return "";
  return [...query]
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => byCodeUnit(a, b) || byCodeUnit(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

/** `20260102T030405Z` */
const basicInstant = (at: Date): string => at.toISOString().replace(/[-:]|\.\d{3}/g, "");

// Deriving a key takes four hashes; a run signs many requests of one day, region and service.
let derived: { readonly from: string; readonly credentials: Credentials; readonly key: Uint8Array } | undefined;

function signingKey(credentials: Credentials, day: string, { region, service }: SigningScope): Uint8Array {
  const from = [day, region, service].join("/");
  if (derived?.from !== from || derived.credentials !== credentials) {
    let key = platform.hmacSha256(`AWS4${credentials.secretAccessKey.reveal()}`, day);
    for (const part of [region, service, "aws4_request"]) key = platform.hmacSha256(key, part);
    derived = { from, credentials, key };
  }
  return derived.key;
}

/**
 * Headers that sign a request with AWS Signature Version 4 (the header form; every path segment is encoded twice, as for all services but S3).
 * Gives the request's own headers plus `host`, `x-amz-date`, `x-amz-security-token` when there is a token, and `authorization`.
 * Source: AWS IAM User Guide, "Create a signed AWS API request". `@smithy/signature-v4` is the oracle in tests.
 */
export function signV4(request: SignableRequest, credentials: Credentials, scope: SigningScope): Record<string, string> {
  const url = new URL(request.url);
  const instant = basicInstant(scope.at);
  const day = instant.slice(0, 8);
  const headers: Record<string, string> = { ...request.headers, host: url.host, "x-amz-date": instant };
  if (credentials.sessionToken !== undefined) headers["x-amz-security-token"] = credentials.sessionToken.reveal();
  const names = Object.keys(headers).sort(byCodeUnit);
  const signedNames = names.join(";");
  const lines: string[] = [];
  for (const name of names) lines.push(`${name}:${(headers[name] ?? "").trim().replace(/ +/g, " ")}`);
  const canonical = [
    request.method,
    // Empty segments do not count; dots were resolved by URL.
    encode(url.pathname).replace(/(?:%2F)+/g, "/"),
    canonicalQuery(url),
    ...lines,
    "",
    signedNames,
    platform.sha256Hex(request.body),
  ].join("\n");
  const credentialScope = `${day}/${scope.region}/${scope.service}/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", instant, credentialScope, platform.sha256Hex(canonical)].join("\n");
  const signature = platform.hmacSha256Hex(signingKey(credentials, day, scope), toSign);
  headers["authorization"] =
    `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${credentialScope}, SignedHeaders=${signedNames}, Signature=${signature}`;
  return headers;
}
