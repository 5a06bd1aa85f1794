import { header, type HttpAnswer, type HttpRequest, queryOf } from "../http/exchange.ts";
import { readAuthorization } from "./authorization.ts";
import { AwsError } from "./aws-error.ts";
import { decodeForm } from "./form-decoder.ts";
import { findModelError } from "./model-error.ts";
import type { Protocol } from "./protocol.ts";
import type { Service } from "./service.ts";
import { encodeXml, escapeXml } from "./xml-encoder.ts";

/** How the query protocol spells the codes that every service shares, and with which status ("Common Errors" of the STS and IAM references). */
const SPELLING: Readonly<Record<string, readonly [string, number]>> = {
  AccessDeniedException: ["AccessDenied", 403],
  ExpiredTokenException: ["ExpiredToken", 403],
  IncompleteSignatureException: ["IncompleteSignature", 400],
  InvalidSignatureException: ["SignatureDoesNotMatch", 403],
  MissingAuthenticationTokenException: ["MissingAuthenticationToken", 403],
  SerializationException: ["MalformedInput", 400],
  ThrottlingException: ["Throttling", 400],
  UnknownOperationException: ["InvalidAction", 400],
  UnrecognizedClientException: ["InvalidClientTokenId", 403],
  ValidationException: ["ValidationError", 400],
};

/** AWS query: the action and its input as form fields, XML back. GET with everything in the URL works too, presigned or not. */
export const queryProtocol: Protocol = {
  findTarget(request, services) {
    if (request.method !== "GET" && request.method !== "POST") return undefined;
    const fields = readFields(request);
    const operation = fields.get("Action");
    if (operation === null) return undefined;
    const version = fields.get("Version");
    const candidates = services.filter(({ speech }) => speech.protocol === "query");
    const scope = scopeOf(request);
    const service =
      candidates.find(({ name }) => name === scope) ??
      candidates.find(({ speech }) => speech.version === version) ??
      candidates.find(({ operations }) => operations.has(operation));
    return service === undefined ? undefined : { service, operation };
  },

  decode(request, { service, operation }, violations) {
    const fields = readFields(request);
    const version = fields.get("Version") ?? "NO_VERSION_SPECIFIED";
    if (version !== service.speech.version)
      throw new AwsError("UnknownOperationException", `Could not find operation ${operation.name} for version ${version}`);
    const members = [...fields].filter(([name]) => !/^(?:Action|Version|X-Amz-.*)$/.test(name));
    return decodeForm(new Map(members), operation.input, violations);
  },

  encode(output, { service, operation }, requestId) {
    const name = operation.name;
    const result = `<${name}Result>${encodeXml(output ?? {}, operation.output)}</${name}Result>`;
    const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
    return xml(200, requestId, `<${name}Response${namespace(service)}>${result}${metadata}</${name}Response>`);
  },

  encodeError({ code, message, status }, { service }, requestId) {
    const modelled = findModelError(service, code);
    const [spelled, usual] =
      modelled?.queryError === undefined
        ? (SPELLING[code] ?? [code, modelled?.status ?? 400])
        : [modelled.queryError.code, modelled.queryError.status];
    const final = status ?? usual;
    const error = `<Error><Type>${final < 500 ? "Sender" : "Receiver"}</Type><Code>${escapeXml(spelled)}</Code><Message>${escapeXml(message)}</Message></Error>`;
    return xml(final, requestId, `<ErrorResponse${namespace(service)}>${error}<RequestId>${requestId}</RequestId></ErrorResponse>`);
  },
};

const namespace = ({ speech }: Service): string => (speech.protocol === "query" ? ` xmlns="${speech.xmlNamespace}"` : "");

const xml = (status: number, requestId: string, body: string): HttpAnswer => ({
  status,
  headers: [
    ["x-amzn-RequestId", requestId],
    ["Content-Type", "text/xml"],
  ],
  body: `${body}\n`,
});

function readFields(request: HttpRequest): URLSearchParams {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(header(request, "content-type") ?? "");
  const inUrl = queryOf(request);
  return new URLSearchParams(isForm ? `${inUrl}&${request.body.toString("utf8")}` : inUrl);
}

/** The service that the signature names; unsigned and badly signed requests are told apart by their Version, or else by their Action. */
function scopeOf(request: HttpRequest): string | undefined {
  try {
    return readAuthorization(request)?.service;
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}
