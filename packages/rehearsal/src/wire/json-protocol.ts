import { createHash } from "node:crypto";
import { header, type HttpRequest } from "../http/exchange.ts";
import type { NormalizedSchema } from "@smithy/core/schema";
import { AwsError } from "./aws-error.ts";
import { encodeEvents, EVENT_STREAM_TYPE, firstEvent } from "./event-stream.ts";
import { decodeJson } from "./json-decoder.ts";
import { encodeJson } from "./json-encoder.ts";
import { findModelError } from "./model-error.ts";
import type { Protocol } from "./protocol.ts";
import type { Service } from "./service.ts";

const contentType = ({ speech }: Service): [string, string] => [
  "Content-Type",
  `application/x-amz-json-${speech.protocol === "json" ? speech.version : "1.1"}`,
];

/** AWS JSON 1.0 and 1.1: the action in X-Amz-Target of a POST, JSON in both directions. */
export const jsonProtocol: Protocol = {
  findTarget(request, services) {
    const target = header(request, "x-amz-target");
    if (target === undefined || request.method !== "POST") return undefined;
    const dot = target.lastIndexOf(".");
    const prefix = target.slice(0, Math.max(dot, 0));
    const service = services.find(({ speech }) => speech.protocol === "json" && speech.targetPrefix === prefix);
    return service === undefined ? undefined : { service, operation: target.slice(dot + 1) };
  },

  decode(request, { operation }, violations) {
    if (!/^application\/x-amz-json-1\.[01]\b/i.test(header(request, "content-type") ?? "")) {
      throw new AwsError("UnknownOperationException", "Content-Type must be application/x-amz-json-1.1.", 404);
    }
    const decoded = decodeJson(parse(request), operation.input, "", violations);
    return typeof decoded === "object" && decoded !== null ? { ...decoded } : {};
  },

  encode(output, { service, operation }, requestId) {
    const events = eventsIn(output, operation.output);
    if (events !== undefined) {
      return {
        status: 200,
        headers: [...requestIds(service, requestId), ["Content-Type", EVENT_STREAM_TYPE]],
        body: firstEvent(),
        rest: events,
      };
    }
    const body = JSON.stringify(encodeJson(output ?? {}, operation.output));
    return {
      status: 200,
      headers: [...requestIds(service, requestId), contentType(service)],
      body,
    };
  },

  encodeError({ code, message, status }, { service }, requestId) {
    const modelled = findModelError(service, code);
    const body = JSON.stringify({ __type: code, [modelled?.messageMember ?? "message"]: message });
    return {
      status: status ?? modelled?.status ?? statusOf(code),
      headers: [...requestIds(service, requestId), contentType(service), ...queryErrorHeader(service, code)],
      body,
    };
  },
};

/** The frames of an output whose one member is a stream of events. */
function eventsIn(output: unknown, schema: NormalizedSchema): AsyncIterable<Uint8Array> | undefined {
  for (const [name, member] of schema.structIterator()) {
    if (!member.isStreaming() || !isObject(output)) continue;
    const events = output[name];
    if (isAsyncIterable(events)) return encodeEvents(events, member);
  }
  return undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

const isAsyncIterable = (value: unknown): value is AsyncIterable<object> => isObject(value) && Symbol.asyncIterator in value;

/** An empty body is an empty structure: some clients send nothing for an action without input. */
function parse(request: HttpRequest): unknown {
  const text = request.body.toString("utf8");
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new AwsError("SerializationException", "The request body is not valid JSON.");
  }
}

/** Codes that no model lists are the client's fault unless they say otherwise. */
const statusOf = (code: string): number => (/^(Internal|ServiceUnavailable)/.test(code) ? (code.startsWith("Internal") ? 500 : 503) : 400);

/** Old clients of services that once spoke the query protocol read the code from a header, in the old spelling. */
function queryErrorHeader(service: Service, code: string): [string, string][] {
  if (service.isQueryCompatible !== true) return [];
  const modelled = findModelError(service, code);
  const fault = (modelled?.status ?? statusOf(code)) < 500 ? "Sender" : "Receiver";
  return [["x-amzn-query-error", `${modelled?.queryError?.code ?? code};${fault}`]];
}

/** The extended id follows from the plain one, so that a seed repeats it; 88 characters of base64 are a guess. */
function requestIds({ hasExtendedRequestId }: Service, requestId: string): [string, string][] {
  const plain: [string, string] = ["x-amzn-RequestId", requestId];
  if (hasExtendedRequestId !== true) return [plain];
  return [plain, ["x-amz-id-2", createHash("sha512").update(requestId).digest("base64")]];
}
