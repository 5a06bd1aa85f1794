import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, afterEach, beforeEach, vi } from "vitest";
import { awsConfig } from "../../src/aws/config.ts";

export const tool = { name: "tool", version: "1.2.3" };
export const keys = { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "secret" };

/** A folder of the test file; `missing` is nothing in it. */
export const folder = mkdtempSync(join(tmpdir(), "sukima-aws-"));
export const missing = join(folder, "missing");
afterAll(() => rmSync(folder, { recursive: true }));

const servers: Server[] = [];
const said: unknown[][] = [];
beforeEach(() => {
  const note = (...words: unknown[]): void => void said.push(words);
  for (const method of ["log", "info", "warn", "error", "debug", "trace"] as const) vi.spyOn(console, method).mockImplementation(note);
  vi.spyOn(process, "emitWarning").mockImplementation(note);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) server.close().closeAllConnections();
  // A promise of every test: the SDK says nothing by itself. Node's own warning, of a variable that we do not obey, is another matter.
  const words = said
    .splice(0)
    .flat()
    .map(String)
    .filter((word) => !word.includes("NODE_TLS_REJECT_UNAUTHORIZED"));
  if (words.length > 0) throw new Error(`on the console: ${words.join(" ")}`);
});

/** Makes these variables all that the SDK sees of AWS and proxies in this process, and gives them as a context would. */
export function environment(more: Readonly<Record<string, string>>): { env: Record<string, string> } {
  for (const name of Object.keys(process.env)) if (/^AWS_|_PROXY$/i.test(name)) vi.stubEnv(name, undefined);
  const env = { AWS_CONFIG_FILE: missing, AWS_SHARED_CREDENTIALS_FILE: missing, AWS_EC2_METADATA_DISABLED: "true", ...more };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  return { env };
}

export const ssmOf = (env: Readonly<Record<string, string>>, fixed = {}): SSMClient =>
  new SSMClient(awsConfig(environment(env), tool, fixed));

/** A file of the shared configuration. The SDK remembers files by their path, so each has a name of its own. */
export function sharedFile(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** A plain server that remembers its requests and answers each with an empty object. */
export async function startPlainServer(): Promise<{ url: string; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    response.writeHead(200, { "Content-Type": "application/x-amz-json-1.1" }).end("{}");
  }).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`, requests };
}
