import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { Env } from "../context.ts";
import { proxyFor } from "./proxy.ts";

type Request = Parameters<NodeHttpHandler["handle"]>[0];
type HttpHandler = Pick<NodeHttpHandler, "metadata" | "handle" | "destroy" | "updateHttpClientConfig" | "httpHandlerConfigs">;

/** The SDK waits for ever for a connection, and its retries with it. */
const connectionTimeout = 5000;
const silent = (): void => {};
/** For the SDK, which writes to the console where it has no logger. */
export const silentLogger = { trace: silent, debug: silent, info: silent, warn: silent, error: silent };

/** Node's agents speak HTTP/1.1 and take a proxy as if it stood in the environment; with no entry they connect directly. */
function handlerThrough(proxy: string | undefined, ca: string | undefined): NodeHttpHandler {
  const proxyEnv = proxy === undefined ? {} : { HTTP_PROXY: proxy, HTTPS_PROXY: proxy };
  const agent = { keepAlive: true, maxSockets: 50, proxyEnv };
  return new NodeHttpHandler({
    connectionTimeout,
    logger: silentLogger,
    httpAgent: new HttpAgent(agent),
    // NODE_TLS_REJECT_UNAUTHORIZED is meant for the program, if anybody.
    httpsAgent: new HttpsAgent({ ...agent, rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) }),
  });
}

const urlOf = ({ protocol, hostname, port }: Request): string =>
  `${protocol}//${hostname.includes(":") && !hostname.startsWith("[") ? `[${hostname}]` : hostname}${port === undefined ? "" : `:${port}`}/`;

/**
 * The HTTP side of an SDK client: HTTP/1.1 with kept connections, each request by the proxy that the environment has for its host.
 * `ca` (PEM) stands in for the runtime's trust.
 */
export function httpHandler(env: Env, ca: string | undefined): HttpHandler {
  const handlers = new Map<string | undefined, NodeHttpHandler>();
  const handlerFor = (proxy: string | undefined): NodeHttpHandler => {
    const handler = handlers.get(proxy) ?? handlerThrough(proxy, ca);
    handlers.set(proxy, handler);
    return handler;
  };
  return {
    metadata: handlerFor(undefined).metadata,
    handle: async (request, options) => handlerFor(await proxyFor(urlOf(request), env)).handle(request, options),
    destroy: () => handlers.forEach((handler) => handler.destroy()),
    updateHttpClientConfig: (key, value) => handlers.forEach((handler) => handler.updateHttpClientConfig(key, value)),
    httpHandlerConfigs: () => handlerFor(undefined).httpHandlerConfigs(),
  };
}
