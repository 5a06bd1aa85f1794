import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
} from "@aws-sdk/client-sts";
import { GetParameterCommand } from "@aws-sdk/client-ssm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Rehearsal, startRehearsal } from "../src/index.ts";
import { clientsOf, refusal } from "./clients.ts";

const ROLE = "arn:aws:iam::123456789012:role/path/app";

let aws: Rehearsal;
let sts: ReturnType<typeof clientsOf>["sts"];

beforeEach(async () => {
  aws = await startRehearsal();
  ({ sts } = clientsOf(aws));
});

afterEach(() => aws.stop());

const assume = (input: Partial<AssumeRoleCommandInput>) =>
  sts.send(new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: "me", ...input }));
const withWebIdentity = (WebIdentityToken: string) =>
  sts.send(new AssumeRoleWithWebIdentityCommand({ RoleArn: ROLE, RoleSessionName: "pod", WebIdentityToken }));
const jwt = (claims: object): string =>
  ["{}", JSON.stringify(claims), "signature"].map((part) => Buffer.from(part).toString("base64url")).join(".");

describe("who calls", () => {
  it("is the account's user for keys that nobody issued here", async () => {
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      UserId: "AIDAREHEARSALREHEARSA",
      Account: "123456789012",
      Arn: "arn:aws:iam::123456789012:user/rehearsal",
    });
  });

  it("is the role's session for credentials that were issued here", async () => {
    const { Credentials, AssumedRoleUser } = await assume({});
    const session = clientsOf(aws, { credentials: toSdk(Credentials) });
    expect(await session.sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      UserId: AssumedRoleUser?.AssumedRoleId,
      Arn: "arn:aws:sts::123456789012:assumed-role/app/me",
    });
  });

  it("is nobody for issued keys without their token", async () => {
    const { Credentials } = await assume({});
    const { sessionToken, ...halves } = toSdk(Credentials);
    expect(sessionToken).not.toBe("");
    const { ssm } = clientsOf(aws, { credentials: halves });
    expect((await refusal(ssm.send(new GetParameterCommand({ Name: "/prod/DB_HOST" })))).name).toBe("UnrecognizedClientException");
  });
});

describe("assuming a role", () => {
  it("issues credentials for an hour unless told otherwise", async () => {
    const before = Date.now();
    const { Credentials } = await assume({});
    const short = await assume({ DurationSeconds: 900, MinimumSessionTokenSize: 2000 });
    const minutes = ({ Expiration }: { Expiration: Date | undefined }): number =>
      Math.round(((Expiration?.getTime() ?? 0) - before) / 60_000);
    expect([minutes({ Expiration: Credentials?.Expiration }), minutes({ Expiration: short.Credentials?.Expiration })]).toEqual([60, 15]);
    expect(short.Credentials?.SessionToken?.length).toBeGreaterThanOrEqual(2000);
  });

  it.each<[Partial<AssumeRoleCommandInput>, string]>([
    [{ RoleArn: "arn:aws:iam::123456789012:user/nobody" }, "ValidationError"],
    [{ RoleArn: "short" }, "ValidationError"],
    [{ RoleArn: undefined }, "ValidationError"],
    [{ RoleSessionName: "a" }, "ValidationError"],
    [{ RoleSessionName: "with space" }, "ValidationError"],
    [{ DurationSeconds: 899 }, "ValidationError"],
    [{ DurationSeconds: 43_201 }, "ValidationError"],
    [{ TokenCode: "12345", SerialNumber: "GAHT12345678" }, "ValidationError"],
    [{ Policy: "{" }, "MalformedPolicyDocument"],
    [{ Policy: `{"Statement":[${" ".repeat(2048)}]}` }, "PackedPolicyTooLarge"],
    [
      {
        Tags: [
          { Key: "a", Value: "1" },
          { Key: "A", Value: "2" },
        ],
      },
      "InvalidParameterValue",
    ],
    [{ PolicyArns: Array.from({ length: 11 }, () => ({ arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" })) }, "ValidationError"],
  ])("refuses %j with %s", async (input, code) => {
    const { name } = await refusal(assume(input));
    expect(name.replace(/Exception$/, "")).toBe(code);
  });

  it.each([
    "arn:aws:iam::123456789012:role/app-task-role",
    "arn:aws:s3:::some-bucket/policy/ReadOnlyAccess",
    "arn:aws:iam::1234:policy/ReadOnlyAccess",
    "arn:aws:iam::aws:policy/with space",
    "arn:aws:iam::aws:policy/path/",
    "arn:aws:iam::aws:policy/good\narn:aws:iam::aws:policy/good",
  ])("refuses %j as a session's managed policy", async (arn) => {
    const good = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
    expect(await assume({ PolicyArns: [{ arn: good }] })).toHaveProperty("PackedPolicySize");
    const { name, message } = await refusal(assume({ PolicyArns: [{ arn: good }, { arn }] }));
    expect([name, message]).toEqual(["ValidationError", `${arn} is invalid`]);
  });

  it("refuses a control character in words that an XML reader can read", async () => {
    const { name, message } = await refusal(assume({ RoleSessionName: "a\u0001b" }));
    expect([name, message]).toEqual(["ValidationError", expect.stringContaining("Value 'a\uFFFDb' at 'roleSessionName'")]);
  });

  it("refuses a role that the world denies", async () => {
    aws.deny("sts:AssumeRole", ROLE);
    const { name, message } = await refusal(assume({}));
    expect([name, message]).toEqual([
      "AccessDenied",
      `User: arn:aws:iam::123456789012:user/rehearsal is not authorized to perform: sts:AssumeRole on resource: ${ROLE} with an explicit deny in an identity-based policy`,
    ]);
  });

  it("allows chained roles an hour at most", async () => {
    const { Credentials } = await assume({});
    const chained = clientsOf(aws, { credentials: toSdk(Credentials) }).sts;
    const call = chained.send(new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: "again", DurationSeconds: 3601 }));
    expect((await refusal(call)).message).toContain("role chaining");
  });
});

describe("web identity", () => {
  it("needs no signature, and tells whose token it was", async () => {
    expect(await withWebIdentity(jwt({ sub: "system:pod", iss: "https://issuer", aud: "sts.amazonaws.com" }))).toMatchObject({
      SubjectFromWebIdentityToken: "system:pod",
      Provider: "https://issuer",
      AssumedRoleUser: { Arn: "arn:aws:sts::123456789012:assumed-role/app/pod" },
    });
    expect(aws.calls("sts:AssumeRoleWithWebIdentity")[0]?.request.headers["authorization"]).toBeUndefined();
  });

  it("refuses a token whose time is over", async () => {
    expect((await refusal(withWebIdentity(jwt({ exp: 1 })))).name).toBe("ExpiredTokenException");
  });
});

function toSdk(
  issued: { AccessKeyId?: string | undefined; SecretAccessKey?: string | undefined; SessionToken?: string | undefined } | undefined,
) {
  return {
    accessKeyId: issued?.AccessKeyId ?? "",
    secretAccessKey: issued?.SecretAccessKey ?? "",
    sessionToken: issued?.SessionToken ?? "",
  };
}
