import { expect, it } from "vitest";
import { proxyFor } from "./proxy.ts";

const ssm = "https://ssm.ap-northeast-1.amazonaws.com/";
const proxy = "http://user:pa%40ss@proxy.local:3128";

it.each([
  ["is used for https", ssm, { HTTPS_PROXY: proxy }, proxy],
  ["is read in lower case too", ssm, { https_proxy: proxy }, proxy],
  ["may lack its scheme", ssm, { HTTPS_PROXY: "proxy.local:3128" }, "http://proxy.local:3128"],
  ["of http is not used for https", ssm, { HTTP_PROXY: proxy }, undefined],
  ["is used for http", "http://ssm.local/", { HTTP_PROXY: proxy }, proxy],
  ["is never used for localhost", "https://localhost:4566/", { HTTPS_PROXY: proxy }, undefined],
  ["is never used for 127.0.0.0/8", "https://127.1.2.3/", { HTTPS_PROXY: proxy }, undefined],
  ["is never used for ::1", "https://[::1]:8443/", { HTTPS_PROXY: proxy }, undefined],
  ["gives way to NO_PROXY=*", ssm, { HTTPS_PROXY: proxy, NO_PROXY: "*" }, undefined],
  ["gives way to a domain and what is below it", ssm, { HTTPS_PROXY: proxy, NO_PROXY: "example.com, amazonaws.com" }, undefined],
  ["gives way to a dotted suffix", ssm, { HTTPS_PROXY: proxy, no_proxy: ".amazonaws.com" }, undefined],
  ["a dotted suffix does not cover the domain itself", "https://amazonaws.com/", { HTTPS_PROXY: proxy, NO_PROXY: ".amazonaws.com" }, proxy],
  ["gives way to a starred suffix", ssm, { HTTPS_PROXY: proxy, NO_PROXY: "*.amazonaws.com" }, undefined],
  ["a suffix must begin at a dot", "https://notamazonaws.com/", { HTTPS_PROXY: proxy, NO_PROXY: "amazonaws.com" }, proxy],
  ["gives way to a host with its port", ssm, { HTTPS_PROXY: proxy, NO_PROXY: "ssm.ap-northeast-1.amazonaws.com:443" }, undefined],
  ["another port is another host", ssm, { HTTPS_PROXY: proxy, NO_PROXY: "ssm.ap-northeast-1.amazonaws.com:8443" }, proxy],
  ["gives way to a network", "https://10.1.2.3/", { HTTPS_PROXY: proxy, NO_PROXY: "10.0.0.0/8" }, undefined],
  ["gives way to an IPv6 address", "https://[fd00::1]/", { HTTPS_PROXY: proxy, NO_PROXY: "fd00::1" }, undefined],
])("the proxy %s", async (_promise, url, env, expected) => expect(await proxyFor(url, env)).toBe(expected));

it("refuses a proxy of an unknown kind without showing its password", async () => {
  await expect(proxyFor(ssm, { HTTPS_PROXY: "socks5://u:hunter2@h:1" })).rejects.toThrow("HTTPS_PROXY is not a proxy that can be used");
});
