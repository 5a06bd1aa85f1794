import { isIP } from "node:net";
import type { Env } from "../context.ts";

/** Never proxied: loopback, and the metadata and credentials endpoints of EC2, ECS and EKS. */
const direct = [
  "localhost",
  "127.0.0.1-127.255.255.255",
  "::1",
  "[::1]",
  "169.254.0.1-169.254.255.254",
  "[fd00:ec2::254]",
  "[fd00:ec2::23]",
];

const toNumber = (address: string): number => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
const toAddress = (number: number): string => [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");

/** One entry of NO_PROXY, written so that Node's agents take it as Go does: a domain covers what is below it, a network is a range. */
function entries(entry: string): string[] {
  const [network = "", bits] = entry.split("/");
  if (bits !== undefined && isIP(network) === 4) {
    const size = 2 ** (32 - Number(bits));
    const first = Math.floor(toNumber(network) / size) * size;
    return [`${toAddress(first)}-${toAddress(first + size - 1)}`];
  }
  return entry === "*" || entry.startsWith(".") || isIP(network) !== 0 ? [entry] : [entry, `.${entry.replace(/^\*?\.?/, "")}`];
}

/** Proxy variables for the `proxyEnv` option of Node's http agents, from the environment of the run. */
export function proxyEnvironment(env: Env): Record<string, string> {
  const exceptions = (env["NO_PROXY"] || env["no_proxy"] || "").split(",").map((entry) => entry.trim().toLowerCase());
  const given = {
    HTTP_PROXY: env["HTTP_PROXY"] || env["http_proxy"],
    HTTPS_PROXY: env["HTTPS_PROXY"] || env["https_proxy"],
    NO_PROXY: [...direct, ...exceptions.filter((entry) => entry !== "").flatMap(entries)].join(","),
  };
  return Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}
