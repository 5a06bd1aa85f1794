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
  ["is never used for EC2 metadata", "http://169.254.169.254/latest/", { HTTP_PROXY: proxy }, undefined],
  ["is never used for EC2 metadata over IPv6", "http://[fd00:ec2::254]/latest/", { HTTP_PROXY: proxy }, undefined],
  ["is never used for the credentials of an ECS task", "http://169.254.170.2/v2/credentials/", { HTTP_PROXY: proxy }, undefined],
  ["is never used for the credentials of an EKS pod", "http://[fd00:ec2::23]/v1/credentials", { HTTP_PROXY: proxy }, undefined],
  ["is used for a name that only begins like one", "http://169.254.169.254.example.com/", { HTTP_PROXY: proxy }, proxy],
  ["gives way to NO_PROXY=*", ssm, { HTTPS_PROXY: proxy, NO_PROXY: "*" }, undefined],
  ["gives way to a domain and what is below it", ssm, { HTTPS_PROXY: proxy, NO_PROXY: "example.com, amazonaws.com" }, undefined],
  ["gives way to a dotted suffix", ssm, { HTTPS_PROXY: proxy, no_proxy: ".amazonaws.com" }, undefined],
  ["a dotted suffix does not cover the domain itself", "https://amazonaws.com/", { HTTPS_PROXY: proxy, NO_PROXY: ".amazonaws.com" }, proxy],
  ["gives way to a starred suffix", ssm, { HTTPS_PROXY: proxy, NO_PROXY: "*.amazonaws.com" }, undefined],
  ["a suffix must begin at a dot", "https://notamazonaws.com/", { HTTPS_PROXY: proxy, NO_PROXY: "amazonaws.com" }, proxy],
  ["gives way to a host with its port", ssm, { HTTPS_PROXY: proxy, NO_PROXY: "ssm.ap-northeast-1.amazonaws.com:443" }, undefined],
  ["another port is another host", ssm, { HTTPS_PROXY: proxy, NO_PROXY: "ssm.ap-northeast-1.amazonaws.com:8443" }, proxy],
  ["gives way to a network", "https://10.1.2.3/", { HTTPS_PROXY: proxy, NO_PROXY: "10.0.0.0/8" }, undefined],
  ["gives way to an IPv6 network", "https://[fd00:1::1]/", { HTTPS_PROXY: proxy, NO_PROXY: "fd00:1::/32" }, undefined],
  ["is used outside of a network", "https://11.1.2.3/", { HTTPS_PROXY: proxy, NO_PROXY: "10.0.0.0/8" }, proxy],
  ["is used when a network has impossible bits", "https://10.1.2.3/", { HTTPS_PROXY: proxy, NO_PROXY: "10.0.0.0/33,10/8,/8" }, proxy],
  ["gives way to an IPv6 address with its port", "https://[fd00::1]:8443/", { HTTPS_PROXY: proxy, NO_PROXY: "[fd00::1]:8443" }, undefined],
  ["gives way whatever the case", ssm, { HTTPS_PROXY: proxy, NO_PROXY: " ,AmazonAWS.com," }, undefined],
  ["in capitals is stronger than in small letters", ssm, { HTTPS_PROXY: proxy, https_proxy: "http://other:1" }, proxy],
  ["counts as unset when it is empty", ssm, { HTTPS_PROXY: "", https_proxy: "" }, undefined],
  ["gives way to an IPv6 address", "https://[fd00::1]/", { HTTPS_PROXY: proxy, NO_PROXY: "fd00::1" }, undefined],
])("the proxy %s", async (_promise, url, env, expected) => expect(await proxyFor(url, env)).toBe(expected));

it.each(["socks5://u:hunter2@h:1", "http://u:hunter2@", "http://u:hunter2@h:x"])(
  "refuses %s, without showing its password",
  async (url) => {
    await expect(proxyFor(ssm, { https_proxy: url })).rejects.toThrow(
      expect.objectContaining({ code: "BAD_PROXY", exit: 2, message: "https_proxy is not a proxy that can be used" }),
    );
  },
);
