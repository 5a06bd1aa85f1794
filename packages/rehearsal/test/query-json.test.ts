import { afterAll, beforeAll, expect, it } from "vitest";
import { type Rehearsal, startRehearsal } from "../src/index.ts";

let aws: Rehearsal;

beforeAll(async () => {
  aws = await startRehearsal();
});

afterAll(() => aws.stop());

const ROLE = { RoleArn: "arn:aws:iam::123456789012:role/app", RoleSessionName: "me" };
const metadata = { RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) };
const credentials = {
  AccessKeyId: expect.stringMatching(/^ASIA/),
  SecretAccessKey: expect.any(String),
  SessionToken: expect.any(String),
  Expiration: expect.any(Number),
};
const session = {
  AssumedRoleId: expect.stringMatching(/:me$/),
  Arn: "arn:aws:sts::123456789012:assumed-role/app/me",
};

/** A presigned URL of an STS action, asked for JSON as aws-iam-authenticator asks. */
async function ask(action: string, members: Record<string, string> = {}): Promise<{ status: number; type: string | null; body: unknown }> {
  const query = new URLSearchParams({
    Action: action,
    Version: "2011-06-15",
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": "AKIATEST/20260101/us-east-1/sts/aws4_request",
    "X-Amz-Date": "20260101T000000Z",
    "X-Amz-Expires": "60",
    "X-Amz-SignedHeaders": "host;x-k8s-aws-id",
    "X-Amz-Signature": "0123456789abcdef".repeat(4),
    ...members,
  });
  const answer = await fetch(`${aws.url}/?${query}`, { headers: { Accept: "application/json" } });
  return { status: answer.status, type: answer.headers.get("content-type"), body: await answer.json() };
}

it.each([
  ["GetCallerIdentity", {}, { UserId: "AIDAREHEARSALREHEARSA", Account: "123456789012", Arn: "arn:aws:iam::123456789012:user/rehearsal" }],
  ["AssumeRole", ROLE, { Credentials: credentials, AssumedRoleUser: session }],
  [
    "AssumeRoleWithWebIdentity",
    { ...ROLE, WebIdentityToken: "token" },
    {
      Credentials: credentials,
      AssumedRoleUser: session,
      SubjectFromWebIdentityToken: "rehearsal",
      Provider: "rehearsal",
      Audience: "sts.amazonaws.com",
    },
  ],
])("%s answers in JSON when asked for it", async (action, members, result) => {
  expect(await ask(action, members)).toEqual({
    status: 200,
    type: "application/json",
    body: { [`${action}Response`]: { [`${action}Result`]: result, ResponseMetadata: metadata } },
  });
});

it("writes times as seconds", async () => {
  const before = Math.floor(Date.now() / 1000);
  const { body } = await ask("AssumeRole", { ...ROLE, DurationSeconds: "900" });
  const [expiration] = /(?<="Expiration":)\d+/.exec(JSON.stringify(body)) ?? [];
  expect(Number(expiration) - before - 900).toBeOneOf([0, 1, 2, 3, 4, 5]);
});

it("refuses in JSON too", async () => {
  expect(await ask("AssumeRole", { RoleArn: ROLE.RoleArn })).toEqual({
    status: 400,
    type: "application/json",
    body: {
      Error: {
        Code: "ValidationError",
        Message: "1 validation error detected: Value null at 'roleSessionName' failed to satisfy constraint: Member must not be null",
        Type: "Sender",
      },
      ...metadata,
    },
  });
});
