import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { afterEach, describe, expect, it } from "vitest";
import { type Rehearsal, type RehearsalOptions, startRehearsal } from "../src/index.ts";
import { clientsOf } from "./clients.ts";

let aws: Rehearsal;

afterEach(() => aws.stop());

const TOKEN = "X-aws-ec2-metadata-token";
const TTL = "X-aws-ec2-metadata-token-ttl-seconds";

async function start(options: RehearsalOptions = {}): Promise<{ token: string }> {
  aws = await startRehearsal(options);
  return { token: await (await putToken("21600")).text() };
}

const putToken = (seconds: string, more: Record<string, string> = {}) =>
  fetch(`${aws.metadataUrl}/latest/api/token`, { method: "PUT", headers: { [TTL]: seconds, ...more } });
const get = (path: string, token?: string) =>
  fetch(`${aws.metadataUrl}${path}`, { headers: token === undefined ? {} : { [TOKEN]: token } });
const text = async (path: string, token: string): Promise<string> => (await get(path, token)).text();

describe("instance metadata", () => {
  it("gives tokens for 1 to 21600 seconds and nothing else", async () => {
    await start();
    const statuses = await Promise.all(
      ["1", "21600", "21601", "0", "-1", "1.5", "", "x"].map(async (seconds) => (await putToken(seconds)).status),
    );
    expect(statuses).toEqual([200, 200, 400, 400, 400, 400, 400, 400]);
    expect((await putToken("60")).headers.get(TTL)).toBe("60");
    expect((await putToken("60", { "X-Forwarded-For": "10.0.0.1" })).status).toBe(403);
  });

  it("answers 401 without a good token, 404 for what is not there, 405 for other methods", async () => {
    const { token } = await start();
    expect((await get("/latest/meta-data/")).status).toBe(401);
    expect((await get("/latest/meta-data/", "wrong")).status).toBe(401);
    expect((await get("/latest/meta-data/nope", token)).status).toBe(404);
    expect((await get("/nope", token)).status).toBe(404);
    expect((await fetch(`${aws.metadataUrl}/latest/meta-data/`, { method: "POST", headers: { [TOKEN]: token } })).status).toBe(405);
  });

  it("tells an instance where and what it is", async () => {
    const { token } = await start({ world: { region: "us-west-2", instance: { id: "i-00000000000000001", type: "c6i.large" } } });
    expect(await text("/latest/meta-data/instance-id", token)).toBe("i-00000000000000001");
    expect(await text("/latest/meta-data/placement/region", token)).toBe("us-west-2");
    expect(await text("/latest/meta-data/placement/availability-zone", token)).toBe("us-west-2a");
    expect(await text("/latest/meta-data/placement", token)).toBe("availability-zone\nregion");
    expect(JSON.parse(await text("/latest/dynamic/instance-identity/document", token))).toMatchObject({
      region: "us-west-2",
      instanceType: "c6i.large",
      architecture: "x86_64",
    });
  });

  it("hands out the role's credentials, which the AWS endpoint then knows", async () => {
    const { token } = await start();
    const role = await text("/latest/meta-data/iam/security-credentials/", token);
    const credentials: Record<string, string> = JSON.parse(await text(`/latest/meta-data/iam/security-credentials/${role}`, token));
    expect(Object.keys(credentials)).toEqual(["Code", "LastUpdated", "Type", "AccessKeyId", "SecretAccessKey", "Token", "Expiration"]);
    const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "", Token: sessionToken = "" } = credentials;
    const { sts } = clientsOf(aws, { credentials: { accessKeyId, secretAccessKey, sessionToken } });
    expect((await sts.send(new GetCallerIdentityCommand({}))).Arn).toBe(
      `arn:aws:sts::123456789012:assumed-role/${role}/i-0123456789abcdef0`,
    );
  });

  it("has no credentials without a role", async () => {
    const { token } = await start({ world: { instance: { role: null } } });
    expect((await get("/latest/meta-data/iam/security-credentials/", token)).status).toBe(404);
  });

  it("can be turned off", async () => {
    await start({ world: { instance: { metadata: "off" } } });
    expect([(await putToken("60")).status, (await get("/latest/meta-data/")).status]).toEqual([403, 403]);
  });

  it("can be one hop too far: tokens never arrive", async () => {
    aws = await startRehearsal({ world: { instance: { metadata: "too-far" } } });
    const request = fetch(`${aws.metadataUrl}/latest/api/token`, {
      method: "PUT",
      headers: { [TTL]: "60" },
      signal: AbortSignal.timeout(100),
    });
    await expect(request).rejects.toThrow(/timeout/);
  });

  it("takes requests without a token when the world says so", async () => {
    await start({ world: { instance: { tokens: "optional" } } });
    expect(await (await get("/latest/meta-data/instance-id")).text()).toBe("i-0123456789abcdef0");
  });

  it("hears of trouble, and of its end", async () => {
    const { token } = await start({ clock: "virtual" });
    const path = (name: string): string => `/latest/meta-data/${name}`;
    const statuses = async (): Promise<number[]> =>
      Promise.all(["spot/instance-action", "events/recommendations/rebalance"].map(async (name) => (await get(path(name), token)).status));
    expect(await statuses()).toEqual([404, 404]);
    expect(await text(path("events/maintenance/scheduled"), token)).toBe("[]");
    aws.happen({ spot: { in: "120s" }, rebalance: {}, asg: {}, maintenance: { in: "1h", id: "instance-event-1" } });
    const due = new Date(aws.clock.now().getTime() + 120_000).toISOString().replace(/\.\d+Z$/, "Z");
    expect(JSON.parse(await text(path("spot/instance-action"), token))).toEqual({ action: "terminate", time: due });
    expect(await text(path("spot/termination-time"), token)).toBe(due);
    expect(JSON.parse(await text(path("events/recommendations/rebalance"), token))).toEqual({ noticeTime: expect.stringMatching(/Z$/) });
    expect(await text(path("autoscaling/target-lifecycle-state"), token)).toBe("Terminated");
    expect(JSON.parse(await text(path("events/maintenance/scheduled"), token))).toEqual([
      expect.objectContaining({
        EventId: "instance-event-1",
        State: "active",
        NotBefore: expect.stringMatching(/^\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/),
      }),
    ]);
    aws.happen({ spot: null, rebalance: null, asg: null, maintenance: { id: "instance-event-1", state: "canceled" } });
    expect(await statuses()).toEqual([404, 404]);
    expect(JSON.parse(await text(path("events/maintenance/scheduled"), token))).toEqual([expect.objectContaining({ State: "canceled" })]);
  });

  it("is journalled and takes faults as a service named imds", async () => {
    const { token } = await start();
    aws.fault({ service: "imds", operation: "GetMetadata", kind: "error", status: 503, times: 1 });
    expect((await get("/latest/meta-data/instance-id", token)).status).toBe(503);
    expect(aws.journal.map(({ service, operation, fault }) => [service, operation, fault])).toEqual([
      ["imds", "PutToken", undefined],
      ["imds", "GetMetadata", "error"],
    ]);
  });
});

describe("container credentials", () => {
  it("answers with the task's credentials for the right token only", async () => {
    aws = await startRehearsal({ world: { task: { role: "my-task" } } });
    const { url, token } = aws.containerCredentials;
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(url, { headers: { Authorization: "wrong" } })).status).toBe(401);
    expect((await fetch(`${url}x`, { headers: { Authorization: token } })).status).toBe(404);
    const credentials: Record<string, string> = JSON.parse(await (await fetch(url, { headers: { Authorization: token } })).text());
    expect(credentials).toMatchObject({
      RoleArn: "arn:aws:iam::123456789012:role/my-task",
      Expiration: expect.stringMatching(/^\d{4}-.*\dZ$/),
    });
    const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "", Token: sessionToken = "" } = credentials;
    const { sts } = clientsOf(aws, { credentials: { accessKeyId, secretAccessKey, sessionToken } });
    expect((await sts.send(new GetCallerIdentityCommand({}))).Arn).toMatch(
      /^arn:aws:sts::123456789012:assumed-role\/my-task\/[0-9a-f]{32}$/,
    );
    expect(aws.calls("container-credentials:GetCredentials")).toHaveLength(4);
  });
});
