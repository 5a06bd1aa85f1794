import { type Rehearsal, startRehearsal } from "@sukima/rehearsal";
import { afterEach, beforeEach, expect, it } from "vitest";
import { run, variables } from "../support/in-process.ts";

let aws: Rehearsal;
beforeEach(async () => {
  aws = await startRehearsal({
    world: {
      parameters: { "/p/a": "1" },
      secrets: {
        "app/TOKEN": "t0ken",
        "app/db": { value: '{"user":"u","password":"new"}', previous: '{"user":"u","password":"old"}' },
        "app/key": { binary: "AAEC/w==" },
      },
    },
  });
});
afterEach(() => aws.stop());

const arnOf = (id: string): string => {
  const body = aws.journal.find(({ response }) => response?.body.includes(id))?.response?.body ?? "{}";
  const { ARN, SecretValues }: { ARN?: string; SecretValues?: { ARN: string; Name: string }[] } = JSON.parse(body);
  return ARN ?? SecretValues?.find(({ Name }) => Name === id)?.ARN ?? "";
};

it("takes a secret by name, one member of it, and a stage", async () => {
  const argv = [
    "-env",
    "path=sm://app/TOKEN",
    "-env",
    "path=sm://app/db#password,to=PW",
    "-env",
    "path=sm://app/db#password@AWSPREVIOUS,to=OLD",
  ];
  expect(await variables(aws, argv)).toEqual({ TOKEN: "t0ken", PW: "new", OLD: "old" });
});

it("takes parameters and secrets in one run, several secrets in one batch, each asked once", async () => {
  const argv = ["-paths=/p", "-env", "path=sm://app/TOKEN", "-env", "path=sm://app/db,json=true", "-env", "path=sm://app/db#user,to=WHO"];
  expect(await variables(aws, argv)).toEqual({ A: "1", TOKEN: "t0ken", USER: "u", PASSWORD: "new", WHO: "u" });
  expect(aws.journal.map(({ operation }) => operation).sort()).toEqual(["BatchGetSecretValue", "GetParametersByPath"]);
});

it("takes the ARN of a task definition, whole, with a member, and with stage and version", async () => {
  await variables(aws, ["-env", "path=sm://app/db"]);
  const arn = arnOf("app/db");
  expect(arn).toMatch(/^arn:aws:secretsmanager:/);
  expect(await variables(aws, ["-env", `path=${arn}:password::,to=PW`])).toEqual({ PW: "new" });
  expect(await variables(aws, ["-env", `path=${arn}:password:AWSPREVIOUS:,to=PW`])).toEqual({ PW: "old" });
  expect(await variables(aws, ["-env", `path=${arn}`])).toEqual({ DB: '{"user":"u","password":"new"}' });
});

it("gives a binary secret as base64, or its bytes with b64=true", async () => {
  expect(await variables(aws, ["-env", "path=sm://app/key"])).toEqual({ KEY: "AAEC/w==" });
});

it("serves a role without the batch permission one by one", async () => {
  aws.deny("secretsmanager:BatchGetSecretValue", "*");
  expect(await variables(aws, ["-env", "path=sm://app/TOKEN", "-env", "path=sm://app/db#user,to=U"])).toEqual({ TOKEN: "t0ken", U: "u" });
  expect(aws.calls("secretsmanager:GetSecretValue")).toHaveLength(2);
});

it("counts a secret, a stage or a member that is not there as missing", async () => {
  const argv = [
    "-env",
    "path=sm://app/none",
    "-env",
    "path=sm://app/db#nope",
    "-env",
    "path=sm://app/TOKEN@NOSTAGE",
    "-env",
    "path=sm://app/gone,default=d",
  ];
  const { code, out, err } = await run(aws, ["-print=json", ...argv]);
  expect([code, out]).toEqual([0, '{\n  "GONE": "d"\n}\n']);
  expect(err).toBe("ssmwrap: warning: not found: sm://app/none, sm://app/db#nope, sm://app/TOKEN@NOSTAGE\n");
});

it("retries a throttled secret and names a refused one", async () => {
  aws.fail("secretsmanager:GetSecretValue", "ThrottlingException", { times: 3 });
  expect(await variables(aws, ["-env", "path=sm://app/TOKEN"])).toEqual({ TOKEN: "t0ken" });
  aws.deny("secretsmanager:*", "*");
  const { code, err } = await run(aws, ["-print=json", "-env", "path=sm://app/TOKEN"]);
  expect(code).toBe(1);
  expect(err).toContain("secretsmanager:GetSecretValue on sm://app/TOKEN was refused");
});

it("expands sm:// and secret ARNs in the caller's variables", async () => {
  expect(await variables(aws, ["-expand"], { env: { T: "sm://app/TOKEN", P: "sm://app/db#password" } })).toEqual({ T: "t0ken", P: "new" });
});

it("says where a value is no JSON, without the value", async () => {
  const { code, err } = await run(aws, ["-print=json", "-env", "path=sm://app/TOKEN,json=true"]);
  expect([code, err]).toEqual([1, "ssmwrap: error: the value of app/TOKEN is not a JSON object\n"]);
});

it("reaches a secret with an @ in its name, and every page of a batch", async () => {
  await using other = await startRehearsal({ world: { secrets: { "odd/na+me=x@y.z": "odd", b: "2" } } });
  other.fault({ service: "secretsmanager", operation: "BatchGetSecretValue", kind: "empty-page", times: 1 });
  expect(await variables(other, ["-env", "path=sm://odd/na+me=x@y.z,to=ODD", "-env", "path=sm://b"])).toEqual({ ODD: "odd", B: "2" });
});

it("needs a region for secrets even with an endpoint for SSM", async () => {
  const env = { AWS_REGION: undefined, AWS_ENDPOINT_URL: undefined, AWS_ENDPOINT_URL_SSM: aws.url };
  const { code, err } = await run(aws, ["-print=json", "-env", "path=sm://app/TOKEN"], { env });
  expect([code, err.split("\n")[0]]).toEqual([
    1,
    "ssmwrap: error: no AWS region: set AWS_REGION, add region to your profile, or pass -region",
  ]);
});
