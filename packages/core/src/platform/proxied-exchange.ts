import type { Agent, request as openRequest } from "node:http";
import type { HttpAnswer, HttpRequest } from "./seam.ts";

/** One keep-alive agent for each way of connecting, so that the pages of a path share a connection. */
const agents = new Map<string, Agent>();

function transport({ url, proxy, ca }: HttpRequest): { request: typeof openRequest; agent: Agent } {
  const secure = url.startsWith("https:");
  const { Agent, request: open } = process.getBuiltinModule(secure ? "node:https" : "node:http");
  const key = JSON.stringify([secure, proxy, ca]);
  let agent = agents.get(key);
  if (agent === undefined) {
    const proxyEnv = { HTTP_PROXY: proxy, HTTPS_PROXY: proxy };
    // NODE_TLS_REJECT_UNAUTHORIZED is meant for the program, if anybody.
    agent = new Agent({ keepAlive: true, proxyEnv, rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) });
    agents.set(key, agent);
  }
  return { request: open, agent };
}

/** An exchange through a proxy: Node knows how to speak to those. */
export async function exchangeByProxy(request: HttpRequest): Promise<HttpAnswer<Buffer>> {
  const { request: open, agent } = transport(request);
  const { method, headers, signal } = request;
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => reject(signal.aborted ? signal.reason : error);
    const call = open(request.url, { method, headers, agent, signal }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", fail);
      answer.on("end", () => {
        const header = (name: string): string | undefined => {
          const value = answer.headers[name];
          return Array.isArray(value) ? value.join(", ") : value;
        };
        resolve({ status: answer.statusCode ?? 0, header, body: Buffer.concat(chunks) });
      });
    });
    call.on("error", fail);
    call.end(request.body);
  });
}
