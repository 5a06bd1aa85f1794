import { createHash, createHmac } from "node:crypto";
import * as files from "node:fs";
import { homedir } from "node:os";
import { exchange } from "./direct-exchange.ts";
import { execByRuntime } from "./runtime-exec.ts";
import type { HttpAnswer, HttpRequest, Platform } from "./seam.ts";

async function sendForBytes(request: HttpRequest): Promise<HttpAnswer<Buffer>> {
  if (request.proxy === undefined) return exchange(request);
  const { exchangeByProxy } = await import("./proxied-exchange.ts");
  return exchangeByProxy(request);
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
  homeDirectory: homedir,
  environment: () => process.env,
  releaseSignals() {},
  rememberDescriptors() {},
  execReplace: execByRuntime,
};

export default platform;
