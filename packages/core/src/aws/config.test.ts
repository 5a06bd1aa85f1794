import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { KinesisClient, ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { awsConfig } from "./config.ts";

const tool = { name: "tool", version: "1.2.3" };
const folder = mkdtempSync(join(tmpdir(), "sukima-config-"));
const keys = { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "secret" };
const said: unknown[][] = [];

let aws: Rehearsal;
const servers: Server[] = [];

beforeAll(async () => {
  aws = await startRehearsal({ world: { parameters: { "/p/a": "hunter2" }, secrets: { app: "swordfish" } } });
});
afterAll(async () => {
  await aws.stop();
  rmSync(folder, { recursive: true });
});

beforeEach(() => {
  for (const method of ["log", "info", "warn", "error", "debug", "trace"] as const)
    vi.spyOn(console, method).mockImplementation((...words) => void said.push(words));
  vi.spyOn(process, "emitWarning").mockImplementation((...words) => void said.push(words));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  aws.clearFaults();
  for (const server of servers.splice(0)) server.close().closeAllConnections();
  expect(said.splice(0)).toEqual([]);
});

/** Makes the environment of this process what the SDK may see of it, and gives it as a context would. */
function environment(more: Record<string, string>): { env: Record<string, string> } {
  for (const name of Object.keys(process.env)) if (/^AWS_|_PROXY$/i.test(name)) vi.stubEnv(name, undefined);
  const env = {
    AWS_CONFIG_FILE: join(folder, "none"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "none"),
    AWS_EC2_METADATA_DISABLED: "true",
    ...more,
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  return { env };
}

const ssmOf = (env: Record<string, string>, fixed = {}): SSMClient => new SSMClient(awsConfig(environment(env), tool, fixed));
const getParameter = new GetParameterCommand({ Name: "/p/a" });

/** Region and access key that a call was signed with. */
const signedWith = (headers: Readonly<Record<string, string>> | undefined) => {
  const [, key, region] = /Credential=([^/]+)\/\d+\/([^/]+)\//.exec(headers?.["authorization"] ?? "") ?? [];
  return { key, region };
};
const lastHeaders = () =>
  Object.fromEntries(Object.entries(aws.journal.at(-1)?.request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));

/** A plain server that remembers its requests and answers each with an empty object. */
async function startPlainServer(): Promise<{ url: string; requests: IncomingMessage[] }> {
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

/** A file of the shared configuration. The SDK remembers files by their path, so each has a name of its own. */
function sharedFile(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe("the region", () => {
  const config = sharedFile("regions", "[default]\nregion = eu-north-1\n[profile app]\nregion = eu-south-1\n");

  it.each<[string, Record<string, string>, { region?: string; profile?: string }, string]>([
    ["a flag, before everything", { AWS_REGION: "us-west-2", AWS_DEFAULT_REGION: "eu-west-1" }, { region: "sa-east-1" }, "sa-east-1"],
    ["AWS_REGION", { AWS_REGION: "us-west-2", AWS_DEFAULT_REGION: "eu-west-1" }, {}, "us-west-2"],
    ["AWS_DEFAULT_REGION", { AWS_REGION: "", AWS_DEFAULT_REGION: "eu-west-1" }, {}, "eu-west-1"],
    ["AWS_DEFAULT_REGION before the profile", { AWS_DEFAULT_REGION: "eu-west-1", AWS_PROFILE: "app" }, {}, "eu-west-1"],
    ["the default profile", {}, {}, "eu-north-1"],
    ["the profile of AWS_PROFILE", { AWS_PROFILE: "app" }, {}, "eu-south-1"],
    ["the profile of a flag", {}, { profile: "app" }, "eu-south-1"],
  ])("comes from %s", async (_source, env, fixed, region) => {
    expect(await ssmOf({ AWS_CONFIG_FILE: config, ...env }, fixed).config.region()).toBe(region);
  });

  it("is what calls are signed for", async () => {
    await ssmOf({ ...keys, AWS_ENDPOINT_URL: aws.url, AWS_DEFAULT_REGION: "ap-northeast-1" }).send(getParameter);
    expect(signedWith(lastHeaders())).toEqual({ key: "AKIAENV", region: "ap-northeast-1" });
  });
});

describe("what is left to the SDK works:", () => {
  const env = { ...keys, AWS_REGION: "ap-northeast-1" };

  it("AWS_ENDPOINT_URL for every service, and AWS_ENDPOINT_URL_SSM before it", async () => {
    const { url, requests } = await startPlainServer();
    const both = { ...env, AWS_ENDPOINT_URL: aws.url, AWS_ENDPOINT_URL_SSM: url };
    await ssmOf(both).send(getParameter);
    expect(requests.map(({ headers }) => headers["x-amz-target"])).toEqual(["AmazonSSM.GetParameter"]);
    const { SecretString } = await new SecretsManagerClient(awsConfig(environment(both), tool)).send(
      new GetSecretValueCommand({ SecretId: "app" }),
    );
    const { Account } = await new STSClient(awsConfig(environment(both), tool)).send(new GetCallerIdentityCommand());
    expect([SecretString, Account]).toEqual(["swordfish", "123456789012"]);
  });

  it("AWS_PROFILE names the credentials, and is silent about keys in the environment", async () => {
    const file = sharedFile("credentials", "[app]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = x\n");
    await ssmOf({ ...env, AWS_ENDPOINT_URL: aws.url, AWS_PROFILE: "app", AWS_SHARED_CREDENTIALS_FILE: file }).send(getParameter);
    expect(signedWith(lastHeaders()).key).toBe("AKIAPROFILE");
  });

  it("a profile that assumes a role does so on the same way, under the same name", async () => {
    const { url, requests } = await startPlainServer();
    const file = sharedFile(
      "roles",
      "[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = x\n[app]\nrole_arn = arn:aws:iam::123456789012:role/app\nsource_profile = base\n",
    );
    const withProxy = {
      ...env,
      AWS_ENDPOINT_URL: "http://0.0.0.0:1",
      HTTP_PROXY: url,
      AWS_PROFILE: "app",
      AWS_SHARED_CREDENTIALS_FILE: file,
    };
    await expect(ssmOf({ ...withProxy, AWS_MAX_ATTEMPTS: "1" }).send(getParameter)).rejects.toThrow();
    expect(requests.map((request) => [request.url, signedWith({ authorization: request.headers.authorization ?? "" }).key])).toEqual([
      ["http://0.0.0.0:1/", "AKIABASE"],
    ]);
  });

  it.each([
    ["1", 1],
    ["4", 4],
  ])("AWS_MAX_ATTEMPTS=%s means %i calls in all", async (attempts, calls) => {
    aws.fault({ service: "ssm", operation: "GetParameter", kind: "error", status: 500 });
    const before = aws.calls("ssm:GetParameter").length;
    await expect(ssmOf({ ...env, AWS_ENDPOINT_URL: aws.url, AWS_MAX_ATTEMPTS: attempts }).send(getParameter)).rejects.toThrow();
    expect(aws.calls("ssm:GetParameter").length - before).toBe(calls);
  });

  it("AWS_RETRY_MODE chooses how it tries again", async () => {
    await ssmOf({ ...env, AWS_ENDPOINT_URL: aws.url, AWS_RETRY_MODE: "adaptive" }).send(getParameter);
    expect(lastHeaders()["user-agent"]).toContain("cfg/retry-mode#adaptive");
  });

  it.each([
    ["plain", {}, "ssm.us-east-1.amazonaws.com:443"],
    ["FIPS", { AWS_USE_FIPS_ENDPOINT: "true" }, "ssm-fips.us-east-1.amazonaws.com:443"],
    ["dual-stack", { AWS_USE_DUALSTACK_ENDPOINT: "true" }, "ssm.us-east-1.api.aws:443"],
    ["FIPS and dual-stack", { AWS_USE_FIPS_ENDPOINT: "true", AWS_USE_DUALSTACK_ENDPOINT: "true" }, "ssm-fips.us-east-1.api.aws:443"],
  ])("%s hosts", async (_kind, more, target) => {
    const proxy = await aws.startProxy();
    const settings = {
      ...keys,
      AWS_REGION: "us-east-1",
      HTTPS_PROXY: proxy.url,
      AWS_CA_BUNDLE: aws.caFile,
      AWS_MAX_ATTEMPTS: "1",
      ...more,
    };
    await ssmOf(settings)
      .send(getParameter)
      .catch(() => {});
    expect(proxy.connects.map((connect) => connect.target)).toEqual([target]);
  });
});

describe("the proxy", () => {
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

  it("gives way to a suffix of NO_PROXY", async () => {
    const proxy = await startPlainServer();
    const host = await startPlainServer();
    const endpoint = host.url.replace("127.0.0.1", "localhost.");
    await ssmOf({ ...env, AWS_ENDPOINT_URL: endpoint, HTTP_PROXY: proxy.url, NO_PROXY: ".localhost.,localhost." }).send(getParameter);
    expect([proxy.requests.length, host.requests.length]).toEqual([0, 1]);
  });

  it("never gets calls for loopback", async () => {
    const { Parameter } = await ssmOf({ ...env, AWS_ENDPOINT_URL: aws.url, HTTP_PROXY: "http://127.0.0.1:1" }).send(getParameter);
    expect(Parameter?.Value).toBe("hunter2");
  });
});

describe("trust", () => {
  let secure: Rehearsal;
  beforeAll(async () => {
    secure = await startRehearsal({ tls: true, world: { parameters: { "/p/a": "hunter2" } } });
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
    expect(await call({ AWS_CA_BUNDLE: secure.caFile, SSL_CERT_FILE: join(folder, "none") })).toBe("hunter2");
  });

  it("names a bundle that is not there, before any call", () => {
    const missing = join(folder, "none.pem");
    expect(() => ssmOf({ AWS_CA_BUNDLE: missing })).toThrow(
      expect.objectContaining({ code: "NO_CA_BUNDLE", message: `AWS_CA_BUNDLE: cannot read ${missing}` }),
    );
    expect(() => ssmOf({ SSL_CERT_FILE: folder })).toThrow(`SSL_CERT_FILE: cannot read ${folder}`);
  });

  it("stays the runtime's own when SSL_CERT_FILE names nothing, as in Go", () => {
    expect(() => ssmOf({ SSL_CERT_FILE: join(folder, "none.pem") })).not.toThrow();
  });
});

describe("requests", () => {
  it("speak HTTP/1.1, even where the SDK would speak HTTP/2", async () => {
    const { url, requests } = await startPlainServer();
    const env = { ...keys, AWS_REGION: "ap-northeast-1", AWS_ENDPOINT_URL: url };
    await new KinesisClient(awsConfig(environment(env), tool)).send(new ListStreamsCommand());
    expect(requests.map(({ httpVersion, headers }) => [httpVersion, headers["x-amz-target"]])).toEqual([
      ["1.1", "Kinesis_20131202.ListStreams"],
    ]);
  });

  it("say which tool sends them, at the end of the user agent", async () => {
    await ssmOf({ ...keys, AWS_REGION: "ap-northeast-1", AWS_ENDPOINT_URL: aws.url, AWS_EXECUTION_ENV: "AWS_ECS_FARGATE" }).send(
      getParameter,
    );
    expect(lastHeaders()["user-agent"]).toMatch(/ exec-env\/AWS_ECS_FARGATE .*sukima-tool\/1\.2\.3$/);
  });

  it("follow each other on one connection, also those of several clients with one configuration", async () => {
    const { url, requests } = await startPlainServer();
    const config = awsConfig(environment({ ...keys, AWS_REGION: "ap-northeast-1", AWS_ENDPOINT_URL: url }), tool);
    await new SSMClient(config).send(getParameter);
    await new SSMClient(config).send(getParameter);
    expect(new Set(requests.map(({ socket }) => socket.remotePort)).size).toBe(1);
  });
});
