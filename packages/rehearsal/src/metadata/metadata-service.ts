import { setTimeout as sleep } from "node:timers/promises";
import type { Stage } from "../fault/stage.ts";
import type { Fault } from "../fault/fault.ts";
import { header, type HttpAnswer, type HttpRequest } from "../http/exchange.ts";
import type { Handler } from "../http/listener.ts";
import type { Random } from "../random.ts";
import { answerFault } from "./injected-answer.ts";
import type { Node } from "./metadata-tree.ts";

export interface MetadataParts {
  readonly tree: Node;
  /** `off` answers 403; `too-far` never answers a token request, as behind one network hop too many. */
  readonly access: "on" | "off" | "too-far";
  /** Whether requests without a token are refused. */
  readonly tokens: "required" | "optional";
  readonly stage: Stage;
  readonly random: Random;
  readonly realNow?: () => number;
}

const TOKEN = "x-aws-ec2-metadata-token";
const TTL = "x-aws-ec2-metadata-token-ttl-seconds";
const LONGEST_TTL_SECONDS = 21_600;
const ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/**
 * The EC2 instance metadata service, version 2. Source: EC2 user guide, "Use the Instance Metadata Service to access instance metadata"
 * (tokens live 1 to 21600 seconds, X-Forwarded-For is refused, 400/401/403/404/405). Tokens live in real time, as credentials do.
 */
export function createMetadataService({ tree, access, tokens, stage, random, realNow = Date.now }: MetadataParts): Handler {
  const issued = new Map<string, number>();

  const putToken = (request: HttpRequest): HttpAnswer => {
    const seconds = header(request, TTL) ?? "";
    if (header(request, "x-forwarded-for") !== undefined) return plain(403, "");
    if (!/^\d{1,5}$/.test(seconds) || Number(seconds) < 1 || Number(seconds) > LONGEST_TTL_SECONDS) return page(400, "Bad Request");
    const token = `AQAEA${random.text(51, ALPHANUMERIC)}==`;
    issued.set(token, realNow() + Number(seconds) * 1000);
    return plain(200, token, [["X-Aws-Ec2-Metadata-Token-Ttl-Seconds", seconds]]);
  };

  const get = (request: HttpRequest): HttpAnswer => {
    const token = header(request, TOKEN);
    const leftMs = (issued.get(token ?? "") ?? 0) - realNow();
    if (token === undefined ? tokens === "required" : leftMs <= 0) return page(401, "Unauthorized");
    const found = lookUp(tree, request.path);
    if (found === undefined) return page(404, "Not Found");
    return plain(200, found, token === undefined ? [] : [["X-Aws-Ec2-Metadata-Token-Ttl-Seconds", String(Math.ceil(leftMs / 1000))]]);
  };

  const answer = async (request: HttpRequest, fault: Fault | undefined, signal: AbortSignal): Promise<HttpAnswer> => {
    const injected = answerFault(fault);
    if (injected !== undefined) return injected;
    if (access === "off") return page(403, "Forbidden");
    const isToken = request.path === "/latest/api/token";
    if (isToken && request.method === "PUT") {
      // The packet that carries the token is dropped on the way back, so the client hears nothing until it gives up.
      if (access === "too-far") await sleep(2 ** 31 - 1, undefined, { signal });
      return putToken(request);
    }
    return request.method === "GET" && !isToken ? get(request) : page(405, "Method Not Allowed");
  };

  return (request, signal) =>
    stage({
      service: "imds",
      operation: request.method === "PUT" ? "PutToken" : "GetMetadata",
      request,
      signal,
      answer: (fault) => answer(request, fault, signal),
    });
}

/** The text at a path, or the names below it when the path ends inside the tree: one a line, inner ones with a closing slash. */
function lookUp(tree: Node, path: string): string | undefined {
  const steps = path
    .replace(/\?.*/, "")
    .split("/")
    .filter((step) => step !== "");
  if (steps.length === 0) return "latest";
  // Dated versions of the tree exist in EC2; the newest stands for all of them here.
  if (!/^(?:latest|\d{4}-\d{2}-\d{2}|1\.0)$/.test(steps[0] ?? "")) return undefined;
  let node: Node | undefined = tree;
  for (const step of steps.slice(1)) {
    if (typeof node !== "object" || !Object.hasOwn(node, step)) return undefined;
    node = node[step];
  }
  if (typeof node === "string" || node === undefined) return node;
  if (typeof node === "function") return node();
  return Object.entries(node)
    .filter(([, child]) => typeof child !== "function" || child() !== undefined)
    .map(([name, child]) => (typeof child === "object" ? `${name}/` : name))
    .join("\n");
}

const plain = (status: number, body: string, headers: readonly (readonly [string, string])[] = []): HttpAnswer => ({
  status,
  headers: [["Content-Type", "text/plain"], ["Server", "EC2ws"], ...headers],
  body,
});

const page = (status: number, title: string): HttpAnswer => ({
  status,
  headers: [
    ["Content-Type", "text/html"],
    ["Server", "EC2ws"],
  ],
  body: `<html><head><title>${status} - ${title}</title></head><body><h1>${status} - ${title}</h1></body></html>\n`,
});
