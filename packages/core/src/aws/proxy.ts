import type { Env } from "../context.ts";

/**
 * The proxy for a URL by HTTPS_PROXY, HTTP_PROXY and NO_PROXY (upper case first, as Go reads them); undefined for a direct connection.
 * Loopback, metadata and credentials addresses are never proxied. Rejects with a usage error (exit 2) that names the variable, never its value, for a proxy that cannot be used.
 */
export async function proxyFor(target: string, env: Env): Promise<string | undefined> {
  if (!env["HTTPS_PROXY"] && !env["https_proxy"] && !env["HTTP_PROXY"] && !env["http_proxy"]) return undefined;
  // Most starts have none, and would pay for loading the rules.
  const { chooseProxy } = await import("./proxy-choice.ts");
  return chooseProxy(target, env);
}
