import { header, type HttpAnswer, type HttpRequest, queryOf } from "../http/exchange.ts";
import { readAuthorization } from "./authorization.ts";
import { AwsError } from "./aws-error.ts";
import { decodeForm } from "./form-decoder.ts";
import type { Protocol } from "./protocol.ts";
import { spellError } from "./query-error.ts";
import type { Service } from "./service.ts";
import { encodeXml, escapeXml } from "./xml-encoder.ts";

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

  encodeError(refusal, { service }, requestId) {
    const { status, type, code } = spellError(refusal, service);
    const error = `<Error><Type>${type}</Type><Code>${escapeXml(code)}</Code><Message>${escapeXml(refusal.message)}</Message></Error>`;
    return xml(status, requestId, `<ErrorResponse${namespace(service)}>${error}<RequestId>${requestId}</RequestId></ErrorResponse>`);
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
