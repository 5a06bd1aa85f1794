import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run, variables } from "../support/in-process.ts";

let aws: Rehearsal;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "ssmwrap-identity-"));
  aws = await startRehearsal({ world: { parameters: { "/p/a": "1" } } });
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await aws.stop();
});

const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

/** No keys in the environment, so that another source has to give them. */
const keyless = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
const paths = ["-paths=/p"];

const signedWith = (): string[] =>
  aws.calls("ssm:*").map(({ request }) => /Credential=([^/]+)/.exec(request.headers["authorization"] ?? "")?.[1] ?? "");

describe("credentials come from", () => {
  it("the keys of the environment, with their session token", async () => {
    const env = { AWS_ACCESS_KEY_ID: "AKIDENV", AWS_SECRET_ACCESS_KEY: "s" };
    expect(await variables(aws, paths, { env })).toEqual({ A: "1" });
    expect(signedWith()).toEqual(["AKIDENV"]);
  });

  it("the container endpoint, with its token, and never by proxy", async () => {
    const { url, token } = aws.containerCredentials;
    const env = {
      ...keyless,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: url,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: token,
      HTTP_PROXY: "http://127.0.0.1:9",
    };
    expect(await variables(aws, paths, { env })).toEqual({ A: "1" });
    expect(signedWith()[0]).toMatch(/^ASIA/);
  });

  it("the container endpoint, with a token from a file", async () => {
    const { url, token } = aws.containerCredentials;
    const env = {
      ...keyless,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: url,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file("token", `${token}\n`),
    };
    expect(await variables(aws, paths, { env })).toEqual({ A: "1" });
  });

  it("the container endpoint after it was busy for a while", async () => {
    const { url, token } = aws.containerCredentials;
    aws.fault({ service: "container-credentials", operation: "*", kind: "error", status: 500, code: "ServerError", times: 5 });
    const env = { ...keyless, AWS_CONTAINER_CREDENTIALS_FULL_URI: url, AWS_CONTAINER_AUTHORIZATION_TOKEN: token };
    expect(await variables(aws, paths, { env })).toEqual({ A: "1" });
  });

  it("a web identity, unsigned, at the STS endpoint of its own variable", async () => {
    const env = {
      ...keyless,
      AWS_ENDPOINT_URL: undefined,
      AWS_ENDPOINT_URL_SSM: aws.url,
      AWS_ENDPOINT_URL_STS: aws.url,
      AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/app",
      AWS_ROLE_SESSION_NAME: "build-7",
      AWS_WEB_IDENTITY_TOKEN_FILE: file("jwt", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.x\n"),
    };
    expect(await variables(aws, paths, { env })).toEqual({ A: "1" });
    const [call] = aws.calls("sts:AssumeRoleWithWebIdentity");
    expect(call?.request.headers["authorization"]).toBeUndefined();
    expect(call?.request.body).toContain("RoleSessionName=build-7");
  });

  it("the instance's role, and the region too, when there is no endpoint URL", async () => {
    await using proxy = await aws.startProxy();
    const env = { ...keyless, AWS_REGION: undefined, AWS_ENDPOINT_URL: undefined, HTTPS_PROXY: proxy.url, AWS_CA_BUNDLE: aws.caFile };
    expect(await variables(aws, paths, { env })).toEqual({ A: "1" });
    expect(proxy.connects.map(({ target }) => target)).toEqual(["ssm.ap-northeast-1.amazonaws.com:443"]);
    expect(signedWith()[0]).toMatch(/^ASIA/);
  });

  it("a profile of the shared files, by the SDK's chain", async () => {
    const env = {
      ...keyless,
      AWS_REGION: undefined,
      AWS_PROFILE: "team",
      AWS_CONFIG_FILE: file("config", "[profile team]\nregion = eu-west-1\n"),
      AWS_SHARED_CREDENTIALS_FILE: file("credentials", "[team]\naws_access_key_id = AKIDTEAM\naws_secret_access_key = s\n"),
    };
    await variables(aws, paths, { env });
    expect(signedWith()).toEqual(["AKIDTEAM"]);
    expect(aws.journal[0]?.request.headers["authorization"]).toContain("/eu-west-1/ssm/");
  });
});

it("looks for the shared files in the user's home also when HOME is unset, as the SDKs do", async () => {
  mkdirSync(join(folder, ".aws"));
  file(".aws/credentials", "[default]\naws_access_key_id = AKIDHOME\naws_secret_access_key = s\n");
  // What the password database says cannot be changed here: node:os gives the process's own HOME first.
  process.env["HOME"] = folder;
  await variables(aws, paths, { env: { ...keyless, HOME: undefined } });
  expect(signedWith()).toEqual(["AKIDHOME"]);
});

describe("without credentials it says", () => {
  it("that none were found, when every source is off", async () => {
    const { code, err } = await run(aws, [...paths, "-print=json"], { env: { ...keyless, AWS_EC2_METADATA_DISABLED: "true" } });
    expect([code, err.split("\n")[0]]).toEqual([1, "ssmwrap: error: no AWS credentials were found"]);
  });

  it("which container endpoint refused", async () => {
    const { url } = aws.containerCredentials;
    const env = { ...keyless, AWS_CONTAINER_CREDENTIALS_FULL_URI: url, AWS_CONTAINER_AUTHORIZATION_TOKEN: "wrong" };
    const { code, err } = await run(aws, [...paths, "-print=json"], { env });
    expect(code).toBe(1);
    expect(err).toContain(`the container credentials endpoint ${url} answered 40`);
  });

  it("that a plain http endpoint elsewhere is refused", async () => {
    const env = { ...keyless, AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://10.0.0.1/creds" };
    const { err } = await run(aws, [...paths, "-print=json"], { env });
    expect(err).toContain("must be https, or http on a loopback or agent address");
  });

  it.each([
    [400, 1],
    [503, 3],
  ])("what the metadata service answered: %d, after %d tries of 3", async (status, tries) => {
    aws.fault({ service: "imds", operation: "GetMetadata", kind: "error", status });
    const env = { ...keyless, AWS_EC2_METADATA_SERVICE_ENDPOINT: aws.metadataUrl };
    const { code, err } = await run(aws, [...paths, "-print=json", "-max-attempts=3"], { env });
    expect([code, aws.calls("imds:GetMetadata").length]).toEqual([1, tries]);
    expect(err).toContain(`the instance metadata service answered ${status} for `);
  });

  it.each(["AWS_SESSION_TOKEN", "AWS_ACCESS_KEY_ID"])("that %s is nothing that a header can carry, and calls nobody", async (name) => {
    const { code, err } = await run(aws, [...paths, "-print=json"], { env: { [name]: "two\nlines" } });
    expect([code, aws.journal.length]).toEqual([1, 0]);
    expect(err).toContain(`${name} holds a line break or another character that no HTTP header can\nssmwrap: hint: `);
    expect(err).not.toContain("two");
  });

  it("that the credentials were not accepted", async () => {
    aws.fail("ssm:GetParametersByPath", "UnrecognizedClientException", {
      message: "The security token included in the request is invalid.",
      status: 400,
    });
    const { code, err } = await run(aws, [...paths, "-print=json"]);
    expect([code, aws.journal.length]).toEqual([1, 1]);
    expect(err).toContain("the credentials were not accepted (UnrecognizedClientException)");
  });
});

it("asks for a region when nothing names one", async () => {
  const env = { AWS_REGION: undefined, AWS_ENDPOINT_URL: undefined, AWS_EC2_METADATA_DISABLED: "true" };
  const { code, err } = await run(aws, [...paths, "-print=json"], { env });
  expect([code, err.split("\n")[0]]).toEqual([
    1,
    "ssmwrap: error: no AWS region: set AWS_REGION, add region to your profile, or pass -region",
  ]);
});

it("reads the region from flag, AWS_REGION, AWS_DEFAULT_REGION, in that order", async () => {
  const regions = async (argv: string[], env: Record<string, string | undefined>): Promise<string | undefined> => {
    await run(aws, [...argv, ...paths, "-print=json"], { env });
    return /\/([a-z0-9-]+)\/ssm\//.exec(aws.journal.at(-1)?.request.headers["authorization"] ?? "")?.[1];
  };
  expect(await regions(["-region=eu-west-3"], { AWS_REGION: "us-east-2" })).toBe("eu-west-3");
  expect(await regions([], { AWS_REGION: "us-east-2", AWS_DEFAULT_REGION: "us-west-1" })).toBe("us-east-2");
  expect(await regions([], { AWS_REGION: "", AWS_DEFAULT_REGION: "us-west-1" })).toBe("us-west-1");
});

it("sends SSM requests where -endpoint-url says, before any variable", async () => {
  const env = { AWS_ENDPOINT_URL: "http://127.0.0.1:9", AWS_ENDPOINT_URL_SSM: "http://127.0.0.1:9" };
  expect(await variables(aws, [...paths, "-endpoint-url", aws.url], { env })).toEqual({ A: "1" });
});

it("tells who it is in the user agent", async () => {
  await variables(aws, paths, { env: { AWS_EXECUTION_ENV: "AWS_ECS_FARGATE", AWS_SDK_UA_APP_ID: "my app" } });
  expect(aws.journal[0]?.request.headers["user-agent"]).toMatch(/^sukima-ssmwrap\/\d+\.\d+\.\d+ exec-env\/AWS_ECS_FARGATE app\/my-app$/);
});
