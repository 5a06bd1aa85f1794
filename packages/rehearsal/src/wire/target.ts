import { header, type HttpRequest } from "../http/exchange.ts";
import { jsonProtocol } from "./json-protocol.ts";
import type { Protocol, Target } from "./protocol.ts";
import { asksForJson, queryJsonProtocol } from "./query-json-protocol.ts";
import { queryProtocol } from "./query-protocol.ts";
import type { Service } from "./service.ts";

/** What a request asks for, and the protocol to answer it in. */
export interface Named {
  readonly protocol: Protocol;
  readonly target: Target;
}

/** Find out which service's action a request means; undefined when nothing in it names a service that is played. */
export function findTarget(request: HttpRequest, services: readonly Service[]): Named | undefined {
  const query = asksForJson(request) ? queryJsonProtocol : queryProtocol;
  const protocols = { json: jsonProtocol, query } satisfies Record<string, Protocol>;
  for (const protocol of Object.values(protocols)) {
    const target = protocol.findTarget(request, services);
    if (target !== undefined) return { protocol, target };
  }
  // A request that is signed for a service but names no action is refused in that service's own form.
  const service = services.find(({ name }) => name === serviceInScope(request));
  if (service === undefined) return undefined;
  const operation = request.method === "POST" ? header(request, "x-amz-target") : undefined;
  return { protocol: protocols[service.speech.protocol], target: { service, operation: operation ?? "" } };
}

/** The service that the credential scope names, also of a signature that is otherwise malformed. */
export function serviceInScope(request: HttpRequest): string | undefined {
  return /Credential=[^/,\s]+\/\d{8}\/[^/,\s]+\/([a-z0-9-]+)\/aws4_request/.exec(header(request, "authorization") ?? "")?.[1];
}
