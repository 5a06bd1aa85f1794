import { header, type HttpAnswer, type HttpRequest } from "../http/exchange.ts";
import { encodeJson } from "./json-encoder.ts";
import type { Protocol } from "./protocol.ts";
import { spellError } from "./query-error.ts";
import { queryProtocol } from "./query-protocol.ts";

/** Other lists of media types than this one alone, as aws-iam-authenticator and Envoy send it, are a guess. */
export const asksForJson = (request: HttpRequest): boolean => /\bapplication\/json\b/i.test(header(request, "accept") ?? "");

/**
 * AWS query with answers in JSON, for clients that ask so. No model describes it. Source: the answers of STS that aws-iam-authenticator
 * and Envoy read and log. That absent members are left out is a guess.
 */
export const queryJsonProtocol: Protocol = {
  findTarget: queryProtocol.findTarget,
  decode: queryProtocol.decode,

  encode(output, { operation }, requestId) {
    const result = encodeJson(output ?? {}, operation.output);
    const response = { [`${operation.name}Result`]: result, ResponseMetadata: { RequestId: requestId } };
    return json(200, requestId, { [`${operation.name}Response`]: response });
  },

  encodeError(error, { service }, requestId) {
    const { status, type, code } = spellError(error, service);
    return json(status, requestId, { Error: { Code: code, Message: error.message, Type: type }, RequestId: requestId });
  },
};

const json = (status: number, requestId: string, body: object): HttpAnswer => ({
  status,
  headers: [
    ["x-amzn-RequestId", requestId],
    ["Content-Type", "application/json"],
  ],
  body: JSON.stringify(body),
});
