import { createHash, createHmac } from "node:crypto";
import * as files from "node:fs";
import type { Agent, request as openRequest } from "node:http";
import { execByRuntime } from "./runtime-exec.ts";
import type { HttpAnswer, HttpRequest, Platform } from "./seam.ts";

/** One keep-alive agent for each way of connecting, so that the pages of a path share a connection. */
const agents = new Map<string, Agent>();

function transport(request: HttpRequest): { request: typeof openRequest; agent: Agent } {
  const secure = request.url.startsWith("https:");
  // Loaded with the first request; a bundled import() would copy the module's exports each time, half a millisecond.
  const { Agent, request: open } = process.getBuiltinModule(secure ? "node:https" : "node:http");
  const key = JSON.stringify([secure, request.proxy, request.ca]);
  let agent = agents.get(key);
  if (agent === undefined) {
    const proxyEnv = request.proxy === undefined ? {} : { HTTP_PROXY: request.proxy, HTTPS_PROXY: request.proxy };
    // NODE_TLS_REJECT_UNAUTHORIZED is meant for the program, if anybody.
    agent = new Agent({ keepAlive: true, proxyEnv, rejectUnauthorized: true, ...(request.ca === undefined ? {} : { ca: request.ca }) });
    agents.set(key, agent);
  }
  return { request: open, agent };
}

async function sendForBytes(request: HttpRequest): Promise<HttpAnswer<Buffer>> {
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

async function send(request: HttpRequest): Promise<HttpAnswer> {
  const answer = await sendForBytes(request);
  return { ...answer, body: answer.body.toString("utf8") };
}

const platform: Platform = {
  runtime: "node",
  sha256Hex: (data) => createHash("sha256").update(data).digest("hex"),
  hmacSha256: (key, data) => createHmac("sha256", key).update(data).digest(),
  hmacSha256Hex: (key, data) => createHmac("sha256", key).update(data).digest("hex"),
  send,
  sendForBytes,
  files,
  exists: files.existsSync,
  readText: (path) => files.readFileSync(path, "utf8"),
  canExec: process.platform !== "win32" && typeof process.execve === "function",
  execFailsSoftly: false,
  execIsByteExact: false,
  canLimitOpenFiles: false,
  rememberDescriptors() {},
  guardOutput() {},
  execReplace: execByRuntime,
};

export default platform;
