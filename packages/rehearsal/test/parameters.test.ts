import {
  DeleteParameterCommand,
  DeleteParametersCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  LabelParameterVersionCommand,
  paginateGetParametersByPath,
  PutParameterCommand,
  type PutParameterCommandInput,
  UnlabelParameterVersionCommand,
} from "@aws-sdk/client-ssm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Rehearsal, startRehearsal } from "../src/index.ts";
import { clientsOf, refusal } from "./clients.ts";

const OTHERS = "arn:aws:ssm:ap-northeast-1:111122223333:parameter/their/KEY";
const ABROAD = "arn:aws:ssm:eu-west-1:111122223333:parameter/their/KEY";

let aws: Rehearsal;
let ssm: ReturnType<typeof clientsOf>["ssm"];

beforeEach(async () => {
  aws = await startRehearsal({
    clock: "virtual",
    world: {
      parameters: {
        "/a/one": "1",
        "/a/two": { value: "2", type: "SecureString", keyId: "alias/app" },
        "/a/deep/three": { value: "new", labels: ["live"], history: [{ value: "old", labels: ["before"] }], tags: { team: "x" } },
        plain: "no slash",
        [OTHERS]: "shared",
        [ABROAD]: "shared abroad",
      },
      secrets: { "app/TOKEN": "sesame" },
      kms: { keys: { "alias/app": {}, "alias/off": { state: "disabled" }, "alias/not-yours": { deny: true } } },
    },
  });
  ({ ssm } = clientsOf(aws));
});

afterEach(() => aws.stop());

const put = (input: Partial<PutParameterCommandInput>) =>
  ssm.send(new PutParameterCommand({ Name: "/new", Value: "v", Type: "String", ...input }));
const names = (answer: { Parameters?: { Name?: string }[] }): (string | undefined)[] => (answer.Parameters ?? []).map(({ Name }) => Name);

describe("reading", () => {
  it("answers one parameter with all its members and nothing else", async () => {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: "/a/one" }));
    expect(Parameter).toEqual({
      Name: "/a/one",
      Type: "String",
      Value: "1",
      Version: 1,
      LastModifiedDate: aws.clock.now(),
      ARN: "arn:aws:ssm:ap-northeast-1:123456789012:parameter/a/one",
      DataType: "text",
    });
  });

  it("never shows a SecureString's value unless decryption is asked for", async () => {
    const sealed = await ssm.send(new GetParameterCommand({ Name: "/a/two" }));
    const again = await ssm.send(new GetParameterCommand({ Name: "/a/two", WithDecryption: false }));
    const opened = await ssm.send(new GetParameterCommand({ Name: "/a/two", WithDecryption: true }));
    expect(sealed.Parameter?.Value).toMatch(/^AQICAH[A-Za-z0-9+/]{100,}=*$/);
    expect(again.Parameter?.Value).toBe(sealed.Parameter?.Value);
    expect(opened.Parameter?.Value).toBe("2");
  });

  it.each([
    ["/a/deep/three:1", "old", ":1"],
    ["/a/deep/three:before", "old", ":before"],
    ["/a/deep/three:live", "new", ":live"],
    ["arn:aws:ssm:ap-northeast-1:123456789012:parameter/a/deep/three:1", "old", ":1"],
    ["arn:aws:ssm:ap-northeast-1:123456789012:parameter/plain", "no slash", undefined],
    [OTHERS, "shared", undefined],
    ["  /a/one  ", "1", undefined],
  ])("finds %s and repeats its selector", async (name, value, selector) => {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name }));
    expect([Parameter?.Value, Parameter?.Selector]).toEqual([value, selector]);
  });

  it.each([
    ["/a/none", "ParameterNotFound"],
    ["/a/deep/three:9", "ParameterVersionNotFound"],
    ["/a/deep/three:nope", "ParameterVersionNotFound"],
    ["arn:aws:ssm:ap-northeast-1:444455556666:parameter/a/one", "ParameterNotFound"],
    ["arn:aws:ssm:us-east-1:123456789012:parameter/a/one", "ParameterNotFound"],
    ["/a/o ne", "ValidationException"],
    ["/a/one:", "ValidationException"],
    ["/a/one:1:2", "ValidationException"],
    ["arn:aws:ssm:ap-northeast-1:123456789012:document/x", "ValidationException"],
    ["/a/", "ValidationException"],
    ["a/one", "ValidationException"],
    ["", "ValidationException"],
  ])("refuses %s with %s", async (name, code) => {
    expect((await refusal(ssm.send(new GetParameterCommand({ Name: name })))).name).toBe(code);
  });

  it("keeps regions apart", async () => {
    const elsewhere = clientsOf(aws, { region: "us-gov-west-1" }).ssm;
    expect((await refusal(elsewhere.send(new GetParameterCommand({ Name: "/a/one" })))).name).toBe("ParameterNotFound");
    await elsewhere.send(new PutParameterCommand({ Name: "/a/one", Value: "gov", Type: "String" }));
    const { Parameter } = await elsewhere.send(new GetParameterCommand({ Name: "/a/one" }));
    expect(Parameter?.ARN).toBe("arn:aws-us-gov:ssm:us-gov-west-1:123456789012:parameter/a/one");
  });

  it("finds a shared parameter in the region of its ARN only", async () => {
    expect((await refusal(ssm.send(new GetParameterCommand({ Name: ABROAD })))).name).toBe("ParameterNotFound");
    const { Parameter } = await clientsOf(aws, { region: "eu-west-1" }).ssm.send(new GetParameterCommand({ Name: ABROAD }));
    expect(Parameter?.Value).toBe("shared abroad");
  });

  it("lists several names in alphabetical order and returns the missing ones as they were sent", async () => {
    const answer = await ssm.send(new GetParametersCommand({ Names: ["plain", "/zz", "/a/one", "/a/deep/three:1", "/a/deep/three:9"] }));
    expect(names(answer)).toEqual(["/a/deep/three", "/a/one", "plain"]);
    expect(answer.InvalidParameters).toEqual(["/zz", "/a/deep/three:9"]);
  });

  it("takes ten names a call, eleven are a ValidationException", async () => {
    const ten = Array.from({ length: 10 }, (_, at) => `/n/${at}`);
    expect((await ssm.send(new GetParametersCommand({ Names: ten }))).InvalidParameters).toEqual(ten);
    expect(await refusal(ssm.send(new GetParametersCommand({ Names: [...ten, "/n/10"] })))).toEqual({
      name: "ValidationException",
      message: expect.stringMatching(
        /^1 validation error detected: Value '\[.*\]' at 'names' failed to satisfy constraint: Member must have length less than or equal to 10$/,
      ),
    });
  });

  it("reads secrets of Secrets Manager by reference, with decryption only", async () => {
    const name = "/aws/reference/secretsmanager/app/TOKEN";
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: `${name}:AWSCURRENT`, WithDecryption: true }));
    expect(Parameter).toMatchObject({ Name: name, Type: "SecureString", Value: "sesame", Version: 0, Selector: ":AWSCURRENT" });
    expect((await refusal(ssm.send(new GetParameterCommand({ Name: name })))).message).toContain("WithDecryption flag must be True");
    expect((await refusal(ssm.send(new GetParameterCommand({ Name: `${name}X`, WithDecryption: true })))).name).toBe("ParameterNotFound");
    const several = await ssm.send(new GetParametersCommand({ Names: [name, `${name}X`], WithDecryption: true }));
    expect([names(several), several.InvalidParameters]).toEqual([[name], [`${name}X`]]);
  });
});

describe("reading by path", () => {
  const byPath = (input: object) => ssm.send(new GetParametersByPathCommand({ Path: "/a", ...input }));

  it("stops at one level unless told to recurse", async () => {
    expect(names(await byPath({}))).toEqual(["/a/one", "/a/two"]);
    expect(names(await byPath({ Path: "/a/", Recursive: true }))).toEqual(["/a/deep/three", "/a/one", "/a/two"]);
    expect(names(await byPath({ Path: "/", Recursive: true }))).toEqual(["/a/deep/three", "/a/one", "/a/two", "plain"]);
    expect(names(await byPath({ Path: "/a/on" }))).toEqual([]);
  });

  it("pages by ten at most, and the SDK's paginator sees every parameter once", async () => {
    for (let at = 0; at < 25; at += 1) await put({ Name: `/page/${at}`, Value: String(at) });
    const sizes: number[] = [];
    const seen = new Set<string | undefined>();
    for await (const page of paginateGetParametersByPath({ client: ssm }, { Path: "/page" })) {
      sizes.push(page.Parameters?.length ?? 0);
      for (const name of names(page)) seen.add(name);
    }
    expect([sizes, seen.size]).toEqual([[10, 10, 5], 25]);
    expect((await refusal(byPath({ MaxResults: 11 }))).name).toBe("ValidationException");
    expect((await refusal(byPath({ MaxResults: 0 }))).name).toBe("ValidationException");
  });

  it("loses none when each page is deleted before the next is asked for, and repeats none when one comes in front", async () => {
    for (let at = 10; at < 35; at += 1) await put({ Name: `/page/${at}` });
    const seen: (string | undefined)[] = [];
    for await (const page of paginateGetParametersByPath({ client: ssm }, { Path: "/page" })) {
      const shown = (page.Parameters ?? []).flatMap(({ Name }) => Name ?? []);
      seen.push(...shown);
      await ssm.send(new DeleteParametersCommand({ Names: shown }));
      await put({ Name: "/page/0", Overwrite: true });
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, at) => `/page/${at + 10}`));
  });

  it("refuses a token it never gave out, or gave out for another list", async () => {
    const { NextToken } = await byPath({ Recursive: true, MaxResults: 1 });
    expect(names(await byPath({ Recursive: true, MaxResults: 1, NextToken }))).toEqual(["/a/one"]);
    expect((await refusal(byPath({ NextToken }))).name).toBe("InvalidNextToken");
    expect((await refusal(byPath({ NextToken: "junk" }))).name).toBe("InvalidNextToken");
  });

  it("filters by type, key and label", async () => {
    const filtered = async (Key: string, Values: string[], Option?: string) =>
      (await byPath({ Recursive: true, ParameterFilters: [{ Key, Values, Option }] })).Parameters?.map(
        ({ Name, Version }) => `${Name}:${Version}`,
      );
    expect(await filtered("Type", ["SecureString"])).toEqual(["/a/two:1"]);
    expect(await filtered("Type", ["String"], "BeginsWith")).toEqual(["/a/deep/three:2", "/a/one:1"]);
    expect(await filtered("KeyId", ["alias/app"])).toEqual(["/a/two:1"]);
    expect(await filtered("Label", ["before"], "Equals")).toEqual(["/a/deep/three:1"]);
    expect(await filtered("Label", ["live"])).toEqual(["/a/deep/three:2"]);
  });

  it.each([
    [{ Key: "Name", Values: ["x"] }, "InvalidFilterKey"],
    [{ Key: "Path", Values: ["/x"] }, "InvalidFilterKey"],
    [{ Key: "Tier", Values: ["Standard"] }, "InvalidFilterKey"],
    [{ Key: "tag:team", Values: ["x"] }, "InvalidFilterKey"],
    [{ Key: "Label", Option: "BeginsWith", Values: ["x"] }, "InvalidFilterOption"],
    [{ Key: "Type", Option: "Contains", Values: ["String"] }, "InvalidFilterOption"],
    [{ Key: "Type", Values: ["Text"] }, "InvalidFilterValue"],
    [{ Key: "Type" }, "InvalidFilterValue"],
    [{ Key: "Nope", Values: ["x"] }, "ValidationException"],
    [{ Key: "Type", Values: [] }, "ValidationException"],
  ])("refuses the filter %j with %s", async (filter, code) => {
    expect((await refusal(byPath({ ParameterFilters: [filter] }))).name).toBe(code);
  });

  it("wants a path that starts with a slash", async () => {
    expect(await refusal(byPath({ Path: "a" }))).toEqual({
      name: "ValidationException",
      message: expect.stringContaining('must begin with a forward slash "/"'),
    });
  });
});

describe("writing", () => {
  it("counts versions up and keeps what a new version does not mention", async () => {
    expect(await put({ Description: "d", AllowedPattern: "^v" })).toMatchObject({ Version: 1, Tier: "Standard" });
    expect(await ssm.send(new PutParameterCommand({ Name: "/new", Value: "v2", Overwrite: true }))).toMatchObject({ Version: 2 });
    const { Parameters } = await ssm.send(new GetParameterHistoryCommand({ Name: "/new" }));
    expect(Parameters?.map(({ Version, Value, Description }) => [Version, Value, Description])).toEqual([
      [1, "v", "d"],
      [2, "v2", "d"],
    ]);
  });

  it.each<[string, Partial<PutParameterCommandInput>, string]>([
    ["a name in use, without Overwrite", { Name: "/a/one" }, "ParameterAlreadyExists"],
    ["no type for a new parameter", { Type: undefined }, "ValidationException"],
    ["a type that changes", { Name: "/a/one", Type: "SecureString", Overwrite: true }, "HierarchyTypeMismatchException"],
    ["tags together with Overwrite", { Name: "/a/one", Overwrite: true, Tags: [{ Key: "k", Value: "v" }] }, "ValidationException"],
    ["an empty value", { Value: "" }, "ValidationException"],
    ["a reference inside the value", { Value: "x{{ssm:other}}" }, "ValidationException"],
    ["a key for a String", { KeyId: "alias/app" }, "ValidationException"],
    ["a key that is not there", { Type: "SecureString", KeyId: "alias/nope" }, "InvalidKeyId"],
    ["a key that is turned off", { Type: "SecureString", KeyId: "alias/off" }, "InvalidKeyId"],
    ["a key the caller may not use", { Type: "SecureString", KeyId: "alias/not-yours" }, "AccessDeniedException"],
    ["a value that misses AllowedPattern", { AllowedPattern: "^\\d+$" }, "ParameterPatternMismatchException"],
    ["an AllowedPattern that is none", { AllowedPattern: "(" }, "InvalidAllowedPatternException"],
    ["a value of 4097 bytes in the Standard tier", { Value: "x".repeat(4097) }, "ValidationException"],
    ["a value of 8193 bytes", { Value: "x".repeat(8193), Tier: "Advanced" }, "ValidationException"],
    ["a data type that there is not", { DataType: "number" }, "ValidationException"],
    ["a value that is not of its data type", { DataType: "integer" }, "ValidationException"],
    [
      "a policy of an unknown type",
      { Tier: "Advanced", Policies: '[{"Type":"Nope","Version":"1.0","Attributes":{}}]' },
      "InvalidPolicyTypeException",
    ],
    [
      "a policy without its attribute",
      { Tier: "Advanced", Policies: '[{"Type":"Expiration","Version":"1.0","Attributes":{}}]' },
      "InvalidPolicyAttributeException",
    ],
    ["a name of 16 levels", { Name: "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16" }, "HierarchyLevelLimitExceededException"],
    ["a name below /aws", { Name: "/aws/x" }, "AccessDeniedException"],
    ["a name below /ssm", { Name: "/SSM/x" }, "ValidationException"],
    ["a name that begins with aws", { Name: "AWSx" }, "ValidationException"],
    ["a name with a colon", { Name: "/a:1" }, "ValidationException"],
    ["a tag key twice", { Tags: ["1", "2"].map((Value) => ({ Key: "k", Value })) }, "ValidationException"],
    ["a tag key that AWS reserves", { Tags: [{ Key: "AWS:k", Value: "v" }] }, "ValidationException"],
    ["51 tags", { Tags: Array.from({ length: 51 }, (_, at) => ({ Key: `k${at}`, Value: "v" })) }, "ValidationException"],
    ["a name over 1011 characters, ARN included", { Name: `/${"x".repeat(1011)}` }, "ValidationException"],
  ])("refuses %s", async (_, input, code) => {
    expect((await refusal(put(input))).name).toBe(code);
  });

  it("asks for the fully qualified name of a path without its first slash", async () => {
    expect(await refusal(put({ Name: "foo/bar" }))).toEqual({
      name: "ValidationException",
      message: "Parameter name must be a fully qualified name.",
    });
  });

  it("allows fifteen levels, 4096 bytes in Standard and 8192 in Advanced", async () => {
    expect(await put({ Name: "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15", Value: "x".repeat(4096) })).toMatchObject({ Tier: "Standard" });
    expect(await put({ Name: "/big", Value: "x".repeat(8192), Tier: "Advanced" })).toMatchObject({ Tier: "Advanced" });
  });

  it("lets Intelligent-Tiering choose, and never goes back from Advanced", async () => {
    expect(await put({ Tier: "Intelligent-Tiering" })).toMatchObject({ Tier: "Standard" });
    expect(await put({ Tier: "Intelligent-Tiering", Value: "x".repeat(4097), Overwrite: true })).toMatchObject({ Tier: "Advanced" });
    expect(await put({ Overwrite: true })).toMatchObject({ Tier: "Advanced" });
    expect((await refusal(put({ Tier: "Standard", Overwrite: true }))).message).toContain("You can't downgrade");
  });

  it("keeps 100 versions and does not drop a labelled one", async () => {
    await put({});
    await ssm.send(new LabelParameterVersionCommand({ Name: "/new", Labels: ["keep"] }));
    for (let at = 2; at <= 100; at += 1) await put({ Overwrite: true });
    expect(await refusal(put({ Overwrite: true }))).toEqual({
      name: "ParameterMaxVersionLimitExceeded",
      message: expect.stringContaining("Version 1, the oldest version"),
    });
    await ssm.send(new LabelParameterVersionCommand({ Name: "/new", ParameterVersion: 2, Labels: ["keep"] }));
    expect(await put({ Overwrite: true })).toMatchObject({ Version: 101 });
    expect((await refusal(ssm.send(new GetParameterCommand({ Name: "/new:1" })))).name).toBe("ParameterVersionNotFound");
  });

  it("deletes a parameter when its Expiration policy says so, on the world's clock", async () => {
    const at = new Date(aws.clock.now().getTime() + 60_000).toISOString();
    await put({ Tier: "Advanced", Policies: JSON.stringify([{ Type: "Expiration", Version: "1.0", Attributes: { Timestamp: at } }]) });
    await ssm.send(new GetParameterCommand({ Name: "/new" }));
    aws.clock.advance(60_000);
    expect((await refusal(ssm.send(new GetParameterCommand({ Name: "/new" })))).name).toBe("ParameterNotFound");
    expect(await put({})).toMatchObject({ Version: 1 });
  });

  it("deletes one or several, and says which were not there", async () => {
    await ssm.send(new DeleteParameterCommand({ Name: "plain" }));
    expect((await refusal(ssm.send(new DeleteParameterCommand({ Name: "plain" })))).name).toBe("ParameterNotFound");
    expect(await ssm.send(new DeleteParametersCommand({ Names: ["/a/one", "plain"] }))).toMatchObject({
      DeletedParameters: ["/a/one"],
      InvalidParameters: ["plain"],
    });
  });
});

describe("labels", () => {
  const label = (input: object) => ssm.send(new LabelParameterVersionCommand({ Name: "/a/deep/three", Labels: ["x"], ...input }));

  it("move from version to version", async () => {
    expect(await label({ Labels: ["before"] })).toMatchObject({ InvalidLabels: [], ParameterVersion: 2 });
    expect((await ssm.send(new GetParameterCommand({ Name: "/a/deep/three:before" }))).Parameter?.Value).toBe("new");
  });

  it("come back as invalid when they break the rules", async () => {
    expect(await label({ Labels: ["ok.-_9", "1st", "AWS-x", "ssm", "a b"] })).toMatchObject({
      InvalidLabels: ["1st", "AWS-x", "ssm", "a b"],
    });
  });

  it("are ten for one version at most", async () => {
    const nine = Array.from({ length: 9 }, (_, at) => `l${at}`);
    await label({ Labels: nine });
    expect((await refusal(label({ Labels: ["tenth-is-live"] }))).name).toBe("ParameterVersionLabelLimitExceeded");
    expect((await refusal(label({ Labels: [...nine, "a", "b"] }))).name).toBe("ValidationException");
    expect((await refusal(label({ Labels: ["x".repeat(101)] }))).name).toBe("ValidationException");
    expect((await refusal(label({ ParameterVersion: 7 }))).name).toBe("ParameterVersionNotFound");
    expect((await refusal(label({ Name: "/none" }))).name).toBe("ParameterNotFound");
  });

  it("can be taken off", async () => {
    const answer = await ssm.send(
      new UnlabelParameterVersionCommand({ Name: "/a/deep/three", ParameterVersion: 2, Labels: ["live", "before"] }),
    );
    expect(answer).toMatchObject({ RemovedLabels: ["live"], InvalidLabels: ["before"] });
  });
});

describe("describing", () => {
  const described = async (input: object) => names(await ssm.send(new DescribeParametersCommand(input)));

  it("shows everything but values", async () => {
    const { Parameters } = await ssm.send(new DescribeParametersCommand({ ParameterFilters: [{ Key: "Name", Values: ["/a/two"] }] }));
    expect(Parameters).toEqual([
      {
        Name: "/a/two",
        ARN: "arn:aws:ssm:ap-northeast-1:123456789012:parameter/a/two",
        Type: "SecureString",
        KeyId: "alias/app",
        LastModifiedDate: aws.clock.now(),
        LastModifiedUser: "arn:aws:iam::123456789012:root",
        Version: 1,
        Tier: "Standard",
        Policies: [],
        DataType: "text",
      },
    ]);
  });

  it.each<[object, string[]]>([
    [{ ParameterFilters: [{ Key: "Name", Option: "BeginsWith", Values: ["/a/t", "pl"] }] }, ["/a/two", "plain"]],
    [{ ParameterFilters: [{ Key: "Name", Option: "Contains", Values: ["ee"] }] }, ["/a/deep/three"]],
    [{ ParameterFilters: [{ Key: "Path", Values: ["/a"] }] }, ["/a/one", "/a/two"]],
    [{ ParameterFilters: [{ Key: "Path", Option: "OneLevel", Values: ["/"] }] }, ["plain"]],
    [{ ParameterFilters: [{ Key: "Path", Option: "Recursive", Values: ["/"] }] }, ["/a/deep/three", "/a/one", "/a/two", "plain"]],
    [
      {
        ParameterFilters: [
          { Key: "Path", Option: "Recursive", Values: ["/a/"] },
          { Key: "Type", Values: ["String"] },
        ],
      },
      ["/a/deep/three", "/a/one"],
    ],
    [{ ParameterFilters: [{ Key: "tag:team", Values: ["x"] }] }, ["/a/deep/three"]],
    [{ ParameterFilters: [{ Key: "Tier", Values: ["Advanced"] }] }, []],
    [{ Filters: [{ Key: "Type", Values: ["SecureString"] }] }, ["/a/two"]],
    [{ Shared: true }, [OTHERS]],
  ])("filters %j", async (input, expected) => {
    expect(await described(input)).toEqual(expected);
  });

  it("goes on behind the last parameter shown, though that was deleted", async () => {
    const { NextToken } = await ssm.send(new DescribeParametersCommand({ MaxResults: 2 }));
    await ssm.send(new DeleteParametersCommand({ Names: ["/a/deep/three", "/a/one"] }));
    expect(await described({ NextToken })).toEqual(["/a/two", "plain"]);
  });

  it("does not know the Label filter", async () => {
    expect((await refusal(described({ ParameterFilters: [{ Key: "Label", Values: ["live"] }] }))).name).toBe("InvalidFilterKey");
  });
});

describe("permissions", () => {
  it("refuses a denied action with AWS's sentence, for each name of GetParameters", async () => {
    aws.deny("ssm:GetParameters", "/a/*");
    expect(await refusal(ssm.send(new GetParametersCommand({ Names: ["plain", "/a/one"] })))).toEqual({
      name: "AccessDeniedException",
      message:
        "User: arn:aws:iam::123456789012:user/rehearsal is not authorized to perform: ssm:GetParameters on resource: arn:aws:ssm:ap-northeast-1:123456789012:parameter/a/one with an explicit deny in an identity-based policy",
    });
    await ssm.send(new GetParameterCommand({ Name: "/a/one" }));
  });

  it("asks by path about the path only", async () => {
    aws.deny("ssm:GetParametersByPath", "/a/deep/*");
    expect(names(await ssm.send(new GetParametersByPathCommand({ Path: "/a", Recursive: true })))).toContain("/a/deep/three");
    expect((await refusal(ssm.send(new GetParametersByPathCommand({ Path: "/a/deep" })))).name).toBe("AccessDeniedException");
  });

  it("names the key when KMS is what refuses", async () => {
    aws.deny("kms:Decrypt", "alias/app");
    expect(await refusal(ssm.send(new GetParameterCommand({ Name: "/a/two", WithDecryption: true })))).toEqual({
      name: "AccessDeniedException",
      message: expect.stringMatching(
        /is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:ap-northeast-1:123456789012:alias\/app .*\(Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException; /,
      ),
    });
    await ssm.send(new GetParameterCommand({ Name: "/a/two" }));
  });
});

describe("data types", () => {
  it.each([
    ["integer", "-12", "1.5"],
    ["float", "1e3", "one"],
    ["boolean", "true", "yes"],
    ["aws:region", "us-gov-west-1", "Tokyo"],
    ["aws:account:id", "123456789012", "12345"],
    ["binary", "AP8=", "***"],
    ["hostname", "db.example.com", "-db-"],
    ["email", "me@example.com", "me"],
    ["ipv4-address", "10.0.0.1", "10.0.0.256"],
    ["ipv6-address", "fd00::1", "10.0.0.1"],
    ["url", "https://example.com/x", "example"],
    ["json", '{"a":1}', "{a}"],
    ["jsonc", '{"a":"//b"} // c', "{a}"],
  ])("%s takes %s and not %s", async (DataType, good, bad) => {
    const input = { DataType, Tier: "Intelligent-Tiering" } as const;
    await put({ ...input, Value: good });
    expect((await ssm.send(new GetParameterCommand({ Name: "/new" }))).Parameter?.DataType).toBe(DataType);
    expect((await refusal(put({ ...input, Value: bad, Overwrite: true }))).message).toContain(DataType);
  });

  it("are checked item by item in a StringList, and need not be known to Object.prototype", async () => {
    expect((await refusal(put({ Type: "StringList", DataType: "integer", Value: "1,x" }))).name).toBe("ValidationException");
    expect((await refusal(put({ DataType: "constructor" }))).name).toBe("ValidationException");
  });

  it("of images and integrations never change", async () => {
    await put({ DataType: "aws:ec2:image", Value: "ami-12345abcdeEXAMPLE" });
    expect((await refusal(put({ DataType: "text", Overwrite: true }))).message).toContain("can't be changed");
  });
});
