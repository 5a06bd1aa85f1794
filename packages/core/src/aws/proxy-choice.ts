import type { Env } from "../context.ts";
import { usageError } from "../error.ts";

const defaultPorts: Readonly<Record<string, string>> = { "http:": "80", "https:": "443" };

/** Loopback, and the addresses where EC2, ECS and EKS serve metadata and credentials: no proxy can reach those of this machine. */
const isLocal = (host: string): boolean =>
  host === "localhost" || host === "::1" || host.startsWith("fd00:ec2::") || /^(?:127\.\d+|169\.254)(?:\.\d+){2}$/.test(host);

async function inNetwork(host: string, entry: string): Promise<boolean> {
  const [network = "", bits] = entry.split("/");
  if (bits === undefined) return false;
  // Loaded only when a network stands in NO_PROXY: it would cost every start.
  const { BlockList, isIP } = await import("node:net");
  const family = isIP(network);
  if (family === 0 || isIP(host) !== family || !/^\d{1,3}$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  const name = family === 4 ? "ipv4" : "ipv6";
  list.addSubnet(network, Number(bits), name);
  return list.check(host, name);
}

/** Whether one entry of NO_PROXY covers a host: `*`, an address, a network, `host`, `host:port`, `.suffix` or `*.suffix` (Go's golang.org/x/net/http/httpproxy). */
async function covers(entry: string, host: string, port: string): Promise<boolean> {
  if (entry === "*" || entry === host || (await inNetwork(host, entry))) return true;
  const [, name = "", wanted = port] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(entry) ?? [];
  if (wanted !== port || name === "") return false;
  const suffix = name.replace(/^\*/, "");
  return suffix.startsWith(".") ? host.endsWith(suffix) : host === suffix || host.endsWith(`.${suffix}`);
}

/** `proxyFor` where a proxy is configured at all. */
export async function chooseProxy(target: string, env: Env): Promise<string | undefined> {
  const url = new URL(target);
  const host = url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  if (isLocal(host)) return undefined;
  const upper = url.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  const variable = env[upper] ? upper : upper.toLowerCase();
  const value = env[variable];
  if (!value) return undefined;
  const port = url.port || (defaultPorts[url.protocol] ?? "");
  const exceptions = (env["NO_PROXY"] || env["no_proxy"] || "").split(",").map((entry) => entry.trim().toLowerCase());
  for (const entry of exceptions) if (entry !== "" && (await covers(entry, host, port))) return undefined;
  const proxy = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  if (!URL.canParse(proxy) || !/^https?:$/.test(new URL(proxy).protocol)) {
    throw usageError(
      "BAD_PROXY",
      `${variable} is not a proxy that can be used`,
      "give it as http://host:port or http://user:password@host:port",
    );
  }
  return proxy;
}
