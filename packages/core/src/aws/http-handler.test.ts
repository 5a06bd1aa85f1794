import { inspect } from "node:util";
import { GetParameterCommand } from "@aws-sdk/client-ssm";
import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folder, keys, missing, sharedFile, ssmOf, startPlainServer } from "../../test/support/sdk.ts";

const world = { parameters: { "/p/a": "hunter2" } };
const getParameter = new GetParameterCommand({ Name: "/p/a" });

describe("the proxy", () => {
  let aws: Rehearsal;
  beforeAll(async () => {
    aws = await startRehearsal({ world });
  });
  afterAll(() => aws.stop());
  const env = { ...keys, AWS_REGION: "ap-northeast-1", AWS_MAX_ATTEMPTS: "1" };

  it("of HTTPS_PROXY gets every call over TLS, user and password decoded", async () => {
    const proxy = await aws.startProxy({ username: "me", password: "p@ss word" });
    const url = proxy.url.replace("//", "//me:p%40ss%20word@");
    const { Parameter } = await ssmOf({ ...env, HTTPS_PROXY: url, AWS_CA_BUNDLE: aws.caFile }).send(getParameter);
    expect(Parameter?.Value).toBe("hunter2");
    expect(proxy.connects).toEqual([
      {
        target: "ssm.ap-northeast-1.amazonaws.com:443",
        proxyAuthorization: `Basic ${Buffer.from("me:p@ss word").toString("base64")}`,
        status: 200,
      },
    ]);
  });

  it.each([
    ["that refuses us", "407", "http://me:pa55w0rd@"],
    ["of an unknown kind", "HTTPS_PROXY is not a proxy that can be used", "socks5://me:pa55w0rd@"],
  ])("%s is told without its password", async (_which, sentence, scheme) => {
    const proxy = await aws.startProxy({ username: "me", password: "another" });
    const failure = await ssmOf({ ...env, HTTPS_PROXY: proxy.url.replace("http://", scheme), AWS_CA_BUNDLE: aws.caFile })
      .send(getParameter)
      .catch((error: unknown) => error);
    expect(String(failure)).toContain(sentence);
    expect(inspect(failure) + JSON.stringify(failure)).not.toContain("pa55w0rd");
  });

  // 0.0.0.0 is this machine, but no loopback address, so only NO_PROXY keeps it from the proxy.
  const through = async (noProxy: string): Promise<"proxied" | "direct"> => {
    const proxy = await startPlainServer();
    const host = await startPlainServer();
    const endpoint = host.url.replace("127.0.0.1", "0.0.0.0");
    const port = new URL(endpoint).port;
    await ssmOf({ ...env, AWS_ENDPOINT_URL: endpoint, HTTP_PROXY: proxy.url, NO_PROXY: noProxy.replace("PORT", port) }).send(getParameter);
    expect(proxy.requests.length + host.requests.length).toBe(1);
    expect(proxy.requests.map(({ url }) => url)).toEqual(proxy.requests.map(() => `${endpoint}/`));
    return proxy.requests.length === 1 ? "proxied" : "direct";
  };

  it.each([
    ["", "proxied"],
    ["example.com", "proxied"],
    ["0.0.0.0:1", "proxied"],
    ["0.0.0.0:PORT", "direct"],
    ["0.0.0.0", "direct"],
    ["0.0.0.0/8", "direct"],
    ["*", "direct"],
  ] as const)("with NO_PROXY=%s leaves a call %s", async (noProxy, expected) => expect(await through(noProxy)).toBe(expected));

  it("never gets calls for loopback", async () => {
    const { Parameter } = await ssmOf({ ...env, AWS_ENDPOINT_URL: aws.url, HTTP_PROXY: "http://127.0.0.1:1" }).send(getParameter);
    expect(Parameter?.Value).toBe("hunter2");
  });
});

describe("trust", () => {
  let secure: Rehearsal;
  beforeAll(async () => {
    secure = await startRehearsal({ tls: true, world });
  });
  afterAll(() => secure.stop());
  const call = async (more: Record<string, string>): Promise<string | undefined> => {
    const client = ssmOf({ ...keys, AWS_REGION: "ap-northeast-1", AWS_ENDPOINT_URL: secure.url, AWS_MAX_ATTEMPTS: "1", ...more });
    return (await client.send(getParameter)).Parameter?.Value;
  };

  it.each(["AWS_CA_BUNDLE", "SSL_CERT_FILE"])("is what %s names", async (name) =>
    expect(await call({ [name]: secure.caFile })).toBe("hunter2"),
  );

  it("is the runtime's own otherwise", async () => expect(call({})).rejects.toThrow(/certificate/));

  it("goes by AWS_CA_BUNDLE when both are set", async () => {
    expect(await call({ AWS_CA_BUNDLE: secure.caFile, SSL_CERT_FILE: missing })).toBe("hunter2");
  });

  it("names a bundle that is not there, before any call", () => {
    expect(() => ssmOf({ AWS_CA_BUNDLE: missing })).toThrow(
      expect.objectContaining({ code: "NO_CA_BUNDLE", message: `AWS_CA_BUNDLE: cannot read ${missing}` }),
    );
    expect(() => ssmOf({ SSL_CERT_FILE: folder })).toThrow(`SSL_CERT_FILE: cannot read ${folder}`);
  });

  it("names a bundle without a certificate, before any call", () => {
    const empty = sharedFile("empty.pem", "");
    expect(() => ssmOf({ AWS_CA_BUNDLE: empty })).toThrow(
      expect.objectContaining({ code: "NO_CA_BUNDLE", message: `AWS_CA_BUNDLE: ${empty} holds no certificate` }),
    );
  });

  it("does not depend on NODE_TLS_REJECT_UNAUTHORIZED, which is meant for others", async () => {
    await expect(call({ NODE_TLS_REJECT_UNAUTHORIZED: "0" })).rejects.toThrow(/certificate/);
  });

  it("stays the runtime's own when SSL_CERT_FILE names nothing, as in Go", () => {
    expect(() => ssmOf({ SSL_CERT_FILE: missing })).not.toThrow();
  });
});
