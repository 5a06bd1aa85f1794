import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Rehearsal, startRehearsal } from "../src/index.ts";

let aws: Rehearsal;

beforeAll(async () => {
  aws = await startRehearsal();
});

afterAll(() => aws.stop());

const SIGNATURE = "0123456789abcdef".repeat(4);

const authorization = (parts: { credential?: string; signedHeaders?: string; signature?: string } = {}): string => {
  const {
    credential = "AKIATEST/20260101/ap-northeast-1/ssm/aws4_request",
    signedHeaders = "host;x-amz-date",
    signature = SIGNATURE,
  } = parts;
  return `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
};

const headers = (more: Record<string, string> = {}): Record<string, string> => ({
  "Content-Type": "application/x-amz-json-1.1",
  "X-Amz-Target": "AmazonSSM.GetParameter",
  "X-Amz-Date": "20260101T000000Z",
  Authorization: authorization(),
  ...more,
});

const forKinesis = (action: string): Record<string, string> => ({
  "X-Amz-Target": `Kinesis_20131202.${action}`,
  Authorization: authorization({ credential: "AKIATEST/20260101/ap-northeast-1/kinesis/aws4_request" }),
});

async function post(
  body: unknown,
  more: Record<string, string> = {},
): Promise<{ status: number; type: string; message: string; id: string | null }> {
  const answer = await fetch(aws.url, {
    method: "POST",
    headers: headers(more),
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const { __type: type, message, Message }: Record<string, string> = JSON.parse(await answer.text());
  return { status: answer.status, type: type ?? "", message: message ?? Message ?? "", id: answer.headers.get("x-amzn-requestid") };
}

describe("JSON requests", () => {
  it.each([
    ["an unknown member", { Name: "x", Nmae: "y" }, "SerializationException", 'Unknown member "Nmae" in GetParameterRequest'],
    ["a number for a text", { Name: 1 }, "SerializationException", "NUMBER_VALUE cannot be converted to String"],
    [
      "a text for a boolean",
      { Name: "x", WithDecryption: "true" },
      "SerializationException",
      "STRING_VALUE cannot be converted to Boolean",
    ],
    ["a list for a text", { Name: ["x"] }, "SerializationException", "Start of structure or map found where not expected."],
    ["a list as body", [], "SerializationException", "Unrecognized collection type class"],
    ["no JSON", "{", "SerializationException", "The request body is not valid JSON."],
    [
      "a required member that is absent",
      {},
      "ValidationException",
      "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null",
    ],
    [
      "a required member that is null",
      { Name: null },
      "ValidationException",
      "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null",
    ],
    [
      "an empty body",
      "",
      "ValidationException",
      "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null",
    ],
  ])("are refused for %s", async (_, body, type, message) => {
    expect(await post(body)).toEqual({ status: 400, type, message, id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  it("hear of all broken limits at once", async () => {
    const { message } = await post(
      { Path: "", MaxResults: 11, ParameterFilters: [{ Values: [] }] },
      { "X-Amz-Target": "AmazonSSM.GetParametersByPath" },
    );
    expect(message).toBe(
      "4 validation errors detected: " +
        [
          "Value null at 'parameterFilters.1.member.key' failed to satisfy constraint: Member must not be null",
          "Value '' at 'path' failed to satisfy constraint: Member must have length greater than or equal to 1",
          "Value '[]' at 'parameterFilters.1.member.values' failed to satisfy constraint: Member must have length greater than or equal to 1",
          "Value '11' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 10",
        ].join("; "),
    );
  });

  it("name their media type in any case", async () => {
    expect(await post({ Name: "/prod/DB_HOST" }, { "Content-Type": "APPLICATION/X-AMZ-JSON-1.1" })).toMatchObject({ status: 200 });
  });

  it("hear of ten broken limits, not of more", async () => {
    const { message } = await post({ StreamName: "s", Records: Array.from({ length: 11 }, () => ({})) }, forKinesis("PutRecords"));
    expect(message).toMatch(/^10 validation errors detected: /);
    expect(message.split("; ")).toHaveLength(10);
  });

  it("with a null in a map are refused", async () => {
    const { message } = await post({ StreamName: "s", Tags: { a: null } }, forKinesis("AddTagsToStream"));
    expect(message).toBe("1 validation error detected: Value null at 'tags.a' failed to satisfy constraint: Member must not be null");
  });

  it("take no time that no calendar has", async () => {
    const asked = { StreamName: "s", ShardId: "0", ShardIteratorType: "AT_TIMESTAMP", Timestamp: 1e300 };
    const { type, message } = await post(asked, forKinesis("GetShardIterator"));
    expect([type, message]).toEqual(["SerializationException", "NUMBER_VALUE cannot be converted to Timestamp"]);
  });

  it("for whole numbers take no fraction", async () => {
    const { type, message } = await post({ Path: "/", MaxResults: 1.5 }, { "X-Amz-Target": "AmazonSSM.GetParametersByPath" });
    expect([type, message]).toEqual(["SerializationException", "DECIMAL_VALUE cannot be converted to Integer"]);
  });

  it.each([
    ["an action that AWS has and rehearsal does not", { "X-Amz-Target": "AmazonSSM.SendCommand" }],
    ["an action of another spelling", { "X-Amz-Target": "AmazonSSM.getParameter" }],
    ["a target of nobody", { "X-Amz-Target": "Nobody.GetParameter" }],
    ["no target", { "X-Amz-Target": "" }],
  ])("for %s get UnknownOperationException", async (_, more) => {
    expect(await post({ Name: "x" }, more)).toMatchObject({ status: 400, type: "UnknownOperationException" });
  });

  it.each(["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])("name no action by %s", async (method) => {
    const request = { "X-Amz-Target": "AmazonSSM.DeleteParameter" };
    const signed = await fetch(aws.url, { method, headers: headers(request) });
    expect([signed.status, await signed.json()]).toEqual([
      400,
      { __type: "UnknownOperationException", message: "The request names no action of ssm, or its method is not the one that names it." },
    ]);
    expect((await fetch(aws.url, { method, headers: request })).status).toBe(404);
    expect(aws.calls("ssm:DeleteParameter")).toEqual([]);
  });

  it("carry the error text in the member that the service's model names", async () => {
    const answer = await fetch(aws.url, {
      method: "POST",
      headers: headers({
        "X-Amz-Target": "secretsmanager.GetSecretValue",
        Authorization: authorization({ credential: "AKIATEST/20260101/ap-northeast-1/secretsmanager/aws4_request" }),
      }),
      body: '{"SecretId":"nope"}',
    });
    expect(await answer.json()).toEqual({
      __type: "ResourceNotFoundException",
      Message: "Secrets Manager can't find the specified secret.",
    });
  });

  it("without a token of their own are told to make one, as SDKs do", async () => {
    const { type, message } = await post(
      { Name: "x", SecretString: "y" },
      {
        "X-Amz-Target": "secretsmanager.CreateSecret",
        Authorization: authorization({ credential: "AKIATEST/20260101/ap-northeast-1/secretsmanager/aws4_request" }),
      },
    );
    expect([type, message]).toEqual([
      "InvalidRequestException",
      "You must provide a ClientRequestToken value. We recommend a UUID-type value.",
    ]);
  });
});

describe("signatures", () => {
  it.each([
    ["nothing", { Authorization: "" }, "IncompleteSignatureException"],
    ["another algorithm", { Authorization: "Bearer x" }, "IncompleteSignatureException"],
    [
      "no signature",
      { Authorization: "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/ssm/aws4_request, SignedHeaders=host" },
      "IncompleteSignatureException",
    ],
    [
      "a scope of four parts",
      { Authorization: authorization({ credential: "AKIATEST/20260101/ssm/aws4_request" }) },
      "IncompleteSignatureException",
    ],
    ["a signature that is no SHA-256", { Authorization: authorization({ signature: "abc" }) }, "InvalidSignatureException"],
    ["no host among the signed headers", { Authorization: authorization({ signedHeaders: "x-amz-date" }) }, "InvalidSignatureException"],
    [
      "another terminator",
      { Authorization: authorization({ credential: "AKIATEST/20260101/us-east-1/ssm/aws5_request" }) },
      "InvalidSignatureException",
    ],
    [
      "another service",
      { Authorization: authorization({ credential: "AKIATEST/20260101/us-east-1/sts/aws4_request" }) },
      "InvalidSignatureException",
    ],
    [
      "a region that is none",
      { Authorization: authorization({ credential: "AKIATEST/20260101/Tokyo/ssm/aws4_request" }) },
      "InvalidSignatureException",
    ],
    [
      "another day than the date header's",
      { Authorization: authorization({ credential: "AKIATEST/20260102/us-east-1/ssm/aws4_request" }) },
      "InvalidSignatureException",
    ],
  ])("with %s are refused", async (_, more, type) => {
    expect(await post({ Name: "/prod/DB_HOST" }, more)).toMatchObject({ status: 400, type });
  });

  it.each(["20260101", "20260101junk", "20260101Txx", "2026-01-01T00:00:00Z", "20260101T000000", "20260101T000000.000Z", ""])(
    "with the date %j are refused",
    async (date) => {
      expect(await post({ Name: "/prod/DB_HOST" }, { "X-Amz-Date": date })).toMatchObject({
        status: 400,
        type: "IncompleteSignatureException",
        message: `Date must be in ISO-8601 'basic format'. Got '${date}'. See http://en.wikipedia.org/wiki/ISO_8601`,
      });
    },
  );

  it.each([
    ["Thu, 01 Jan 2026 00:00:00 GMT", 200],
    ["20260101T000000Z", 200],
    ["some day", 400],
  ])("may have their date in the Date header: %s", async (date, status) => {
    const { "X-Amz-Date": _, ...rest } = headers({ Date: date });
    const answer = await fetch(aws.url, { method: "POST", headers: rest, body: '{"Name":"/prod/DB_HOST"}' });
    expect(answer.status).toBe(status);
  });

  it("in header and query at once are refused", async () => {
    const answer = await fetch(`${aws.url}/?X-Amz-Algorithm=AWS4-HMAC-SHA256`, {
      method: "POST",
      headers: headers(),
      body: '{"Name":"/prod/DB_HOST"}',
    });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      {
        __type: "InvalidSignatureException",
        message: "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
      },
    ]);
  });

  it("that are absent give MissingAuthenticationTokenException", async () => {
    const { Authorization, ...unsigned } = headers();
    expect(Authorization).toContain("AWS4");
    const answer = await fetch(aws.url, { method: "POST", headers: unsigned, body: '{"Name":"/prod/DB_HOST"}' });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { __type: "MissingAuthenticationTokenException", message: "Missing Authentication Token" },
    ]);
  });

  it("may separate their parts by a comma alone", async () => {
    expect(await post({ Name: "/prod/DB_HOST" }, { Authorization: authorization().replaceAll(", ", ",") })).toMatchObject({ status: 200 });
  });
});

describe("query requests", () => {
  const form = async (body: string, more: Record<string, string> = {}): Promise<[number, string]> => {
    const answer = await fetch(aws.url, {
      method: "POST",
      headers: {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Amz-Date": "20260101T000000Z",
        Authorization: authorization({ credential: "AKIATEST/20260101/us-east-1/sts/aws4_request" }),
        ...more,
      },
      body,
    });
    return [answer.status, (await answer.text()).replace(/<RequestId>[0-9a-f-]{36}<\/RequestId>/, "<RequestId/>").trim()];
  };
  const xmlError = (code: string, message: string): string =>
    `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId/></ErrorResponse>`;

  it("are answered in XML", async () => {
    expect(await form("Action=GetCallerIdentity&Version=2011-06-15")).toEqual([
      200,
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><UserId>AIDAREHEARSALREHEARSA</UserId><Account>123456789012</Account><Arn>arn:aws:iam::123456789012:user/rehearsal</Arn></GetCallerIdentityResult><ResponseMetadata><RequestId/></ResponseMetadata></GetCallerIdentityResponse>',
    ]);
  });

  it.each([
    [
      "Action=GetCallerIdentity&Version=2011-06-15&Nope=1",
      400,
      "MalformedInput",
      "Unknown parameter &quot;Nope&quot; in GetCallerIdentityRequest",
    ],
    [
      "Action=Nope&Version=2011-06-15",
      400,
      "InvalidAction",
      "Rehearsal does not play sts:Nope. It plays: AssumeRole, AssumeRoleWithWebIdentity, GetCallerIdentity.",
    ],
    [
      "Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::123456789012:role/app&RoleSessionName=me&Tags.member.1.Value=v",
      400,
      "ValidationError",
      "1 validation error detected: Value null at 'tags.1.member.key' failed to satisfy constraint: Member must not be null",
    ],
    ["Action=GetCallerIdentity", 400, "InvalidAction", "Could not find operation GetCallerIdentity for version NO_VERSION_SPECIFIED"],
    ["Action=AssumeRole&Version=2010-05-08", 400, "InvalidAction", "Could not find operation AssumeRole for version 2010-05-08"],
    ["Action=AssumeRole&Version=2011-06-15&DurationSeconds=long", 400, "MalformedInput", "'long' at 'durationSeconds' is not an integer"],
  ])("as %s are refused", async (body, status, code, message) => {
    expect(await form(body)).toEqual([status, xmlError(code, message)]);
  });

  it("of another version are told so without a signature too", async () => {
    const answer = await fetch(`${aws.url}/?Action=AssumeRoleWithWebIdentity&Version=1`);
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining("Could not find operation AssumeRoleWithWebIdentity for version 1<"),
    ]);
  });

  it("name no action by another method than GET and POST", async () => {
    const Authorization = authorization({ credential: "AKIATEST/20260101/us-east-1/sts/aws4_request" });
    const answer = await fetch(`${aws.url}/?Action=GetCallerIdentity&Version=2011-06-15`, {
      method: "PUT",
      headers: { "X-Amz-Date": "20260101T000000Z", Authorization },
    });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining("<Code>InvalidAction</Code>")]);
  });

  it("without a signature get 403", async () => {
    const answer = await fetch(`${aws.url}/?Action=GetCallerIdentity&Version=2011-06-15`);
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("<Code>MissingAuthenticationToken</Code>")]);
  });

  describe("as presigned URLs", () => {
    const presigned = (without: readonly string[] = []): string => {
      const query = new URLSearchParams({
        Action: "GetCallerIdentity",
        Version: "2011-06-15",
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Credential": "AKIATEST/20260101/us-east-1/sts/aws4_request",
        "X-Amz-Date": "20260101T000000Z",
        "X-Amz-SignedHeaders": "host",
        "X-Amz-Signature": SIGNATURE,
      });
      for (const name of without) query.delete(name);
      return `${aws.url}/?${query}`;
    };

    it("are answered", async () => {
      expect((await fetch(presigned())).status).toBe(200);
    });

    it.each([
      [["X-Amz-Signature"]],
      [["X-Amz-Credential"]],
      [["X-Amz-Date"]],
      [["X-Amz-SignedHeaders"]],
      [["X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"]],
    ])("without %j are told so", async (without) => {
      const answer = await fetch(presigned(without));
      const sentences = without.map((name) => `AWS query-string parameters must include '${name}'. `);
      expect([answer.status, await answer.text()]).toEqual([
        400,
        expect.stringContaining(
          `<Code>IncompleteSignature</Code><Message>${sentences.join("")}Re-examine the query-string parameters.</Message>`,
        ),
      ]);
    });
  });
});

it("refuses a request that names two hosts", async () => {
  const { hostname, port } = new URL(aws.url);
  const socket = connect(Number(port), hostname);
  socket.write("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n");
  const [answer] = await once(socket, "data");
  expect(String(answer)).toMatch(/^HTTP\/1\.1 400 /);
  socket.destroy();
});

it.each([
  ["GET //[?Action=GetCallerIdentity&Version=2011-06-15", "", 403],
  ["POST //:", "X-Amz-Target: AmazonSSM.GetParameter\r\n", 400],
  ["GET //[", "", 404],
])("answers %s, whose target is no URL", async (line, more, status) => {
  const socket = connect(Number(new URL(aws.url).port), "127.0.0.1");
  socket.write(`${line} HTTP/1.1\r\nHost: 127.0.0.1\r\n${more}Content-Length: 0\r\nConnection: close\r\n\r\n`);
  expect(await text(socket)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
});

describe("answers", () => {
  it("leave in one write, head and body together", async () => {
    const body = JSON.stringify({ Path: "/prod", Recursive: true });
    const head = Object.entries(headers({ "X-Amz-Target": "AmazonSSM.GetParametersByPath" })).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    const socket = connect(Number(new URL(aws.url).port), "127.0.0.1");
    socket.write(`POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n${head.join("")}Content-Length: ${body.length}\r\n\r\n${body}`);
    const first = await new Promise<Buffer>((resolve) => socket.once("data", resolve));
    socket.destroy();
    const [top = "", rest = ""] = first.toString().split("\r\n\r\n");
    expect(top).toContain(`Content-Length: ${Buffer.byteLength(rest)}`);
    expect(JSON.parse(rest)).toHaveProperty("Parameters");
  });

  it("carry the world's time in their Date header", async () => {
    await using later = await startRehearsal({ clock: "virtual" });
    later.clock.advance(86_400_000 * 365);
    const answer = await fetch(later.url);
    expect(answer.headers.get("date")).toBe(later.clock.now().toUTCString());
  });

  it("keep the connection open", async () => {
    const answer = await fetch(aws.url);
    expect([answer.status, answer.headers.get("connection")]).toEqual([404, "keep-alive"]);
  });
});
