import {
  BatchGetSecretValueCommand,
  CreateSecretCommand,
  type CreateSecretCommandInput,
  DeleteSecretCommand,
  DescribeSecretCommand,
  type Filter,
  GetSecretValueCommand,
  type GetSecretValueCommandInput,
  ListSecretsCommand,
  PutSecretValueCommand,
} from "@aws-sdk/client-secrets-manager";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Rehearsal, startRehearsal } from "../src/index.ts";
import { clientsOf, refusal } from "./clients.ts";

let aws: Rehearsal;
let secrets: ReturnType<typeof clientsOf>["secrets"];

beforeEach(async () => {
  aws = await startRehearsal({
    clock: "virtual",
    world: {
      secrets: {
        "app/TOKEN": { value: "now", previous: "then", description: "The Token", tags: { team: "blue" } },
        "app/bytes": { binary: "AP8=" },
        "app/locked": { value: "x", kmsKeyId: "alias/off" },
        "web/key": "k",
      },
      kms: { keys: { "alias/off": { state: "disabled" } } },
    },
  });
  ({ secrets } = clientsOf(aws));
});

afterEach(() => aws.stop());

const get = (input: Partial<GetSecretValueCommandInput>) => secrets.send(new GetSecretValueCommand({ SecretId: "app/TOKEN", ...input }));
const create = (input: Partial<CreateSecretCommandInput>) =>
  secrets.send(new CreateSecretCommand({ Name: "new", SecretString: "v", ...input }));

describe("reading", () => {
  it("finds a secret by name, ARN and partial ARN", async () => {
    const byName = await get({});
    expect(byName).toMatchObject({ Name: "app/TOKEN", SecretString: "now", VersionStages: ["AWSCURRENT"], CreatedDate: aws.clock.now() });
    expect(byName.ARN).toMatch(/^arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:app\/TOKEN-[A-Za-z0-9]{6}$/);
    expect((await get({ SecretId: byName.ARN })).SecretString).toBe("now");
    expect((await get({ SecretId: byName.ARN?.slice(0, -7) })).SecretString).toBe("now");
  });

  it("reads versions by stage and by id, and bytes as bytes", async () => {
    const previous = await get({ VersionStage: "AWSPREVIOUS" });
    expect(previous.SecretString).toBe("then");
    expect((await get({ VersionId: previous.VersionId })).SecretString).toBe("then");
    const bytes = await get({ SecretId: "app/bytes" });
    expect([bytes.SecretString, bytes.SecretBinary]).toEqual([undefined, new Uint8Array([0, 255])]);
  });

  it.each<[Partial<GetSecretValueCommandInput>, string]>([
    [{ SecretId: "nope" }, "ResourceNotFoundException"],
    [{ VersionStage: "NOPE" }, "ResourceNotFoundException"],
    [{ VersionId: "0".repeat(32) }, "ResourceNotFoundException"],
    [{ VersionId: "short" }, "ValidationException"],
    [{ SecretId: "" }, "ValidationException"],
    [{ SecretId: "app/locked" }, "DecryptionFailure"],
  ])("refuses %j with %s", async (input, code) => {
    expect((await refusal(get(input))).name).toBe(code);
  });

  it("wants id and stage to mean the same version", async () => {
    const { VersionId } = await get({ VersionStage: "AWSPREVIOUS" });
    expect((await refusal(get({ VersionId, VersionStage: "AWSCURRENT" }))).name).toBe("InvalidRequestException");
  });
});

describe("reading several", () => {
  it("collects what goes wrong with single secrets in Errors", async () => {
    aws.deny("secretsmanager:GetSecretValue", "web/key");
    const { SecretValues, Errors } = await secrets.send(
      new BatchGetSecretValueCommand({ SecretIdList: ["app/TOKEN", "nope", "web/key", "app/bytes"] }),
    );
    expect(SecretValues?.map(({ Name }) => Name)).toEqual(["app/TOKEN", "app/bytes"]);
    expect(Errors?.map(({ SecretId, ErrorCode }) => [SecretId, ErrorCode])).toEqual([
      ["nope", "ResourceNotFoundException"],
      ["web/key", "AccessDeniedException"],
    ]);
  });

  it("pages over filters", async () => {
    const Filters: Filter[] = [{ Key: "name", Values: ["app/"] }];
    const first = await secrets.send(new BatchGetSecretValueCommand({ Filters, MaxResults: 2 }));
    const second = await secrets.send(new BatchGetSecretValueCommand({ Filters, MaxResults: 2, NextToken: first.NextToken }));
    expect([first.SecretValues?.length, second.Errors?.length, second.NextToken]).toEqual([2, 1, undefined]);
  });

  it.each([
    [{}, "InvalidParameterException"],
    [{ SecretIdList: ["a"], Filters: [] }, "InvalidParameterException"],
    [{ SecretIdList: ["a"], MaxResults: 1 }, "InvalidParameterException"],
    [{ SecretIdList: Array.from({ length: 21 }, (_, at) => `s${at}`) }, "ValidationException"],
    [{ SecretIdList: [] }, "ValidationException"],
    [{ Filters: [], NextToken: "junk" }, "InvalidNextTokenException"],
  ])("refuses %j with %s", async (input, code) => {
    expect((await refusal(secrets.send(new BatchGetSecretValueCommand(input)))).name).toBe(code);
  });
});

describe("writing", () => {
  it("moves AWSCURRENT to the new version and AWSPREVIOUS to the one before", async () => {
    const { VersionId: first } = await create({});
    const { VersionId: second } = await secrets.send(new PutSecretValueCommand({ SecretId: "new", SecretString: "v2" }));
    const { VersionId: third } = await secrets.send(new PutSecretValueCommand({ SecretId: "new", SecretString: "v3" }));
    const { VersionIdsToStages } = await secrets.send(new DescribeSecretCommand({ SecretId: "new" }));
    expect(VersionIdsToStages).toEqual({ [String(second)]: ["AWSPREVIOUS"], [String(third)]: ["AWSCURRENT"] });
    expect((await get({ SecretId: "new", VersionId: first })).VersionStages).toEqual([]);
  });

  it("hangs other stages on a version without touching AWSCURRENT", async () => {
    const pending = await secrets.send(
      new PutSecretValueCommand({ SecretId: "app/TOKEN", SecretString: "soon", VersionStages: ["AWSPENDING"] }),
    );
    expect(pending.VersionStages).toEqual(["AWSPENDING"]);
    expect((await get({})).SecretString).toBe("now");
  });

  it("is idempotent by its token", async () => {
    const ClientRequestToken = "t".repeat(32);
    const once = await create({ ClientRequestToken });
    expect(await create({ ClientRequestToken })).toMatchObject({ ARN: once.ARN, VersionId: ClientRequestToken });
    expect((await refusal(create({ ClientRequestToken, SecretString: "other" }))).name).toBe("ResourceExistsException");
    const put = (SecretString: string) => secrets.send(new PutSecretValueCommand({ SecretId: "new", SecretString, ClientRequestToken }));
    expect(await put("v")).toMatchObject({ VersionId: ClientRequestToken });
    expect((await refusal(put("other"))).name).toBe("ResourceExistsException");
  });

  it("keeps a hundred versions, and every one of the last day", async () => {
    const put = () => secrets.send(new PutSecretValueCommand({ SecretId: "new", SecretString: "v" }));
    await create({});
    for (let at = 1; at < 100; at += 1) await put();
    expect((await refusal(put())).name).toBe("LimitExceededException");
    aws.clock.advance(86_400_000);
    await put();
  });

  it.each<[Partial<CreateSecretCommandInput>, string]>([
    [{ Name: "app/TOKEN" }, "ResourceExistsException"],
    [{ Name: "with space" }, "ValidationException"],
    [{ Name: "x".repeat(513) }, "ValidationException"],
    [{ SecretBinary: new Uint8Array([1]) }, "InvalidParameterException"],
    [{ SecretString: "x".repeat(65_537) }, "ValidationException"],
    [{ ClientRequestToken: "short" }, "ValidationException"],
    [{ KmsKeyId: "alias/off" }, "EncryptionFailure"],
    [{ Tags: [{ Key: "aws:x", Value: "" }] }, "InvalidParameterException"],
    [{ Tags: [{ Key: "x" }, { Key: "x" }] }, "InvalidParameterException"],
    [{ AddReplicaRegions: [{ Region: "us-east-1" }] }, "InvalidParameterException"],
  ])("refuses to create %j with %s", async (input, code) => {
    expect((await refusal(create(input))).name).toBe(code);
  });

  it("makes secrets without a value, which cannot be read yet", async () => {
    expect((await create({ SecretString: undefined })).VersionId).toBeUndefined();
    expect((await refusal(get({ SecretId: "new" }))).name).toBe("ResourceNotFoundException");
  });
});

describe("deleting", () => {
  const remove = (input: object) => secrets.send(new DeleteSecretCommand({ SecretId: "app/TOKEN", ...input }));

  it("marks a secret for 30 days, in which it can be described and not read", async () => {
    const { DeletionDate } = await remove({});
    expect(DeletionDate).toEqual(new Date(aws.clock.now().getTime() + 30 * 86_400_000));
    expect((await refusal(get({}))).name).toBe("InvalidRequestException");
    expect((await refusal(create({ Name: "app/TOKEN" }))).name).toBe("InvalidRequestException");
    expect((await secrets.send(new DescribeSecretCommand({ SecretId: "app/TOKEN" }))).DeletedDate).toEqual(DeletionDate);
    aws.clock.advance(30 * 86_400_000);
    expect((await refusal(get({}))).name).toBe("ResourceNotFoundException");
    await create({ Name: "app/TOKEN" });
  });

  it("deletes at once by force, even what is not there", async () => {
    const { ARN } = await remove({ ForceDeleteWithoutRecovery: true });
    expect((await create({ Name: "app/TOKEN" })).ARN).not.toBe(ARN);
    await remove({ SecretId: "nope", ForceDeleteWithoutRecovery: true });
    expect((await refusal(remove({ SecretId: "nope" }))).name).toBe("ResourceNotFoundException");
  });

  it("wants a window of 7 to 30 days, or force, not both", async () => {
    for (const RecoveryWindowInDays of [6, 31])
      expect((await refusal(remove({ RecoveryWindowInDays }))).name).toBe("InvalidParameterException");
    expect((await refusal(remove({ RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true }))).name).toBe("InvalidParameterException");
  });
});

describe("listing", () => {
  const listed = async (input: object) => (await secrets.send(new ListSecretsCommand(input))).SecretList?.map(({ Name }) => Name);

  it.each<[Filter, string[]]>([
    [{ Key: "name", Values: ["app/T", "web"] }, ["app/TOKEN", "web/key"]],
    [{ Key: "name", Values: ["!app/"] }, ["web/key"]],
    [{ Key: "description", Values: ["the t"] }, ["app/TOKEN"]],
    [{ Key: "tag-key", Values: ["te"] }, ["app/TOKEN"]],
    [{ Key: "tag-value", Values: ["red"] }, []],
    [{ Key: "all", Values: ["TOKEN"] }, ["app/TOKEN"]],
  ])("filters %j", async (filter, expected) => {
    expect(await listed({ Filters: [filter] })).toEqual(expected);
  });

  it("sorts, pages, and shows deleted ones only when asked", async () => {
    expect(await listed({ SortBy: "name", SortOrder: "desc" })).toEqual(["web/key", "app/locked", "app/bytes", "app/TOKEN"]);
    await secrets.send(new DeleteSecretCommand({ SecretId: "web/key" }));
    expect(await listed({})).toHaveLength(3);
    expect(await listed({ IncludePlannedDeletion: true })).toHaveLength(4);
    const { NextToken } = await secrets.send(new ListSecretsCommand({ MaxResults: 2 }));
    expect(await listed({ MaxResults: 2, NextToken })).toHaveLength(1);
    expect((await refusal(listed({ MaxResults: 101 }))).name).toBe("ValidationException");
  });

  it.each(["asc", "desc"] as const)("goes on behind the last secret shown (%s), though that was deleted", async (SortOrder) => {
    const all = await listed({ SortOrder });
    const { SecretList, NextToken } = await secrets.send(new ListSecretsCommand({ SortOrder, MaxResults: 2 }));
    for (const { Name } of SecretList ?? []) {
      await secrets.send(new DeleteSecretCommand({ SecretId: Name, ForceDeleteWithoutRecovery: true }));
    }
    expect(await listed({ SortOrder, NextToken })).toEqual(all?.slice(2));
  });
});
