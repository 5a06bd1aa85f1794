import { KinesisClient, ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { environment, keys, sharedFile, ssmOf, startPlainServer, tool } from "../../test/support/sdk.ts";
import { awsConfig } from "./config.ts";

let aws: Rehearsal;
beforeAll(async () => {
  aws = await startRehearsal({ world: { parameters: { "/p/a": "hunter2" }, secrets: { app: "swordfish" } } });
});
afterEach(() => aws.clearFaults());
afterAll(() => aws.stop());

const getParameter = new GetParameterCommand({ Name: "/p/a" });
const lastHeaders = (): Record<string, string> =>
  Object.fromEntries(Object.entries(aws.journal.at(-1)?.request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));

/** Access key and region that a call was signed with. */
function signedWith(authorization: string | undefined): { key: string | undefined; region: string | undefined } {
  const [, key, region] = /Credential=([^/]+)\/\d+\/([^/]+)\//.exec(authorization ?? "") ?? [];
  return { key, region };
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
    expect(signedWith(lastHeaders()["authorization"])).toEqual({ key: "AKIAENV", region: "ap-northeast-1" });
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
    expect(signedWith(lastHeaders()["authorization"]).key).toBe("AKIAPROFILE");
  });

  it("a profile that assumes a role does so by the same proxy and with the same trust", async () => {
    const proxy = await aws.startProxy();
    const file = sharedFile(
      "roles",
      "[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = x\n[app]\nrole_arn = arn:aws:iam::123456789012:role/app\nsource_profile = base\n",
    );
    const more = { HTTPS_PROXY: proxy.url, AWS_CA_BUNDLE: aws.caFile, AWS_PROFILE: "app", AWS_SHARED_CREDENTIALS_FILE: file };
    expect((await ssmOf({ ...env, ...more }).send(getParameter)).Parameter?.Value).toBe("hunter2");
    expect(proxy.connects.map(({ target }) => target)).toEqual([
      "sts.ap-northeast-1.amazonaws.com:443",
      "ssm.ap-northeast-1.amazonaws.com:443",
    ]);
  });

  it.each([
    ["1", 1],
    ["4", 4],
  ])("AWS_MAX_ATTEMPTS=%s means %i calls in all", async (attempts, calls) => {
    aws.fault({ service: "ssm", operation: "GetParameter", kind: "error", status: 500 });
    const before = aws.calls("ssm:GetParameter").length;
    await expect(ssmOf({ ...env, AWS_ENDPOINT_URL: aws.url, AWS_MAX_ATTEMPTS: attempts }).send(getParameter)).rejects.toMatchObject({
      $metadata: { attempts: calls },
    });
    expect(aws.calls("ssm:GetParameter").length - before).toBe(calls);
  });

  it("AWS_RETRY_MODE chooses how it tries again", async () => {
    await ssmOf({ ...env, AWS_ENDPOINT_URL: aws.url, AWS_RETRY_MODE: "adaptive" }).send(getParameter);
    // F stands for adaptive in the SDK's list of features, E for standard.
    expect(lastHeaders()["user-agent"]).toMatch(/ m\/F\b/);
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
