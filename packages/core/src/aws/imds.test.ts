import { type Rehearsal, type RehearsalOptions, startRehearsal } from "@sukima/rehearsal";
import { afterEach, describe, expect, it, vi } from "vitest";
import { platform } from "../platform/index.ts";
import { instantClock } from "../testing/index.ts";
import { type Imds, imdsClient, imdsEndpoint } from "./imds.ts";

let aws: Rehearsal;
afterEach(() => aws.stop());

const clock = instantClock();
const never = new AbortController().signal;
const halfLifeMs = 3 * 3600 * 1000;

type Instance = NonNullable<NonNullable<RehearsalOptions["world"]>["instance"]>;

/** A client of the metadata service of a world of its own. */
async function start(instance: Instance = {}, allowV1 = false): Promise<Imds> {
  aws = await startRehearsal({ world: { region: "eu-west-1", instance } });
  return imdsClient({ endpoint: aws.metadataUrl, send: (request) => platform.send(request), clock, allowV1 });
}

const region = "meta-data/placement/region";
const tokens = () => aws.calls("imds:PutToken");
const reads = () => aws.calls("imds:GetMetadata");
const tokenOf = (entry: { request: { headers: Readonly<Record<string, string>> } } | undefined) =>
  entry?.request.headers["x-aws-ec2-metadata-token"];

describe("instance metadata", () => {
  it("is read with one token of six hours, which several readers share", async () => {
    const imds = await start();
    expect(await Promise.all([imds.get(region, never), imds.get(region, never)])).toEqual(["eu-west-1", "eu-west-1"]);
    expect(await imds.get("meta-data/instance-life-cycle", never)).toBe("spot");
    expect(tokens().map(({ request }) => request.headers)).toEqual([
      expect.objectContaining({ "x-aws-ec2-metadata-token-ttl-seconds": "21600" }),
    ]);
  });

  it("that is not there (404) is undefined", async () =>
    expect(await (await start()).get("meta-data/spot/instance-action", never)).toBeUndefined());

  it("never passes a proxy", async () => {
    vi.stubEnv("HTTP_PROXY", "http://127.0.0.1:1");
    vi.stubEnv("NODE_USE_ENV_PROXY", "1");
    const imds = await start();
    expect(await imds.get(region, never).finally(() => vi.unstubAllEnvs())).toBe("eu-west-1");
  });

  it("ends with the signal's reason", async () => {
    const imds = await start({ metadata: "too-far" });
    const controller = new AbortController();
    const answer = imds.get(region, controller.signal);
    await aws.saw("imds:PutToken");
    controller.abort(new Error("stop"));
    await expect(answer).rejects.toThrow("stop");
    await expect(imds.get(region, controller.signal)).rejects.toThrow("stop");
  });
});

describe("the token", () => {
  it("is renewed at half its life, while the old one is still used", async () => {
    const imds = await start();
    await imds.get(region, never);
    await clock.sleep(halfLifeMs - 1);
    await imds.get(region, never);
    expect(tokens()).toHaveLength(1);
    await clock.sleep(1);
    aws.fault({ service: "imds", operation: "PutToken", kind: "slow", ms: 100 });
    await imds.get(region, never);
    await aws.saw("imds:PutToken", { count: 2 });
    expect(tokenOf(reads()[2])).toBe(tokenOf(reads()[0]));
    await vi.waitFor(async () => {
      await imds.get(region, never);
      expect(tokenOf(reads().at(-1))).not.toBe(tokenOf(reads()[0]));
    });
    expect(tokens()).toHaveLength(2);
  });

  it("that cannot be renewed is used to its end, and not longer", async () => {
    const imds = await start();
    await imds.get(region, never);
    aws.fault({ service: "imds", operation: "PutToken", kind: "error", status: 503 });
    await clock.sleep(2 * halfLifeMs - 1);
    expect(await imds.get(region, never)).toBe("eu-west-1");
    await clock.sleep(1);
    await expect(imds.get(region, never)).rejects.toMatchObject({
      code: "IMDS_BUSY",
      message: "the instance metadata service answered 503 for a token",
    });
  });

  it("that is refused (401) is replaced once", async () => {
    const imds = await start();
    await imds.get(region, never);
    aws.fault({ service: "imds", operation: "GetMetadata", kind: "error", status: 401, times: 1 });
    expect(await imds.get(region, never)).toBe("eu-west-1");
    expect([tokens().length, reads().length, tokenOf(reads()[1]) === tokenOf(reads()[2])]).toEqual([2, 3, false]);
  });

  it("that is refused twice is an error, and the next reader starts anew", async () => {
    const imds = await start();
    aws.fault({ service: "imds", operation: "GetMetadata", kind: "error", status: 401, times: 2 });
    await expect(imds.get(region, never)).rejects.toMatchObject({
      code: "IMDS_REFUSED",
      message: `the instance metadata service answered 401 for ${region}`,
    });
    expect(await imds.get(region, never)).toBe("eu-west-1");
  });

  it("that never comes points at the hop limit, after a second", async () => {
    const imds = await start({ metadata: "too-far", tokens: "optional" });
    await expect(imds.get(region, never)).rejects.toMatchObject({
      code: "IMDS_UNREACHABLE",
      message: `the instance metadata service at ${aws.metadataUrl} does not answer`,
      hint: expect.stringContaining("HttpPutResponseHopLimit 1"),
    });
    expect(reads()).toEqual([]);
  });
});

describe("version 1, where it is allowed,", () => {
  it("answers while no token can be had, and tokens are tried again each time", async () => {
    const imds = await start({ tokens: "optional" }, true);
    aws.fault({ service: "imds", operation: "PutToken", kind: "error", status: 503, times: 2 });
    expect(await imds.get(region, never)).toBe("eu-west-1");
    expect(await imds.get("meta-data/spot/instance-action", never)).toBeUndefined();
    expect(await imds.get(region, never)).toBe("eu-west-1");
    expect(reads().map((entry) => tokenOf(entry) !== undefined)).toEqual([false, false, true]);
  });

  it("does not hide why there is no token when the instance wants one", async () => {
    const imds = await start({ metadata: "too-far", tokens: "required" }, true);
    await expect(imds.get(region, never)).rejects.toMatchObject({
      code: "IMDS_UNREACHABLE",
      hint: expect.stringContaining("HttpPutResponseHopLimit"),
    });
    expect([tokens().length, reads().length]).toEqual([1, 1]);
  });

  it("is not tried when the service is turned off", async () => {
    const imds = await start({ metadata: "off" }, true);
    await expect(imds.get(region, never)).rejects.toMatchObject({ code: "IMDS_OFF" });
    expect(reads()).toEqual([]);
  });
});

describe("trouble:", () => {
  it("403 means that the service is turned off, for a token and for a read", async () => {
    const imds = await start();
    await imds.get(region, never);
    aws.fault({ service: "imds", operation: "*", kind: "error", status: 403 });
    const off = { code: "IMDS_OFF", exit: 1, message: `the instance metadata service at ${aws.metadataUrl} is turned off (403)` };
    await expect(imds.get(region, never)).rejects.toMatchObject(off);
    const other = imdsClient({ endpoint: aws.metadataUrl, send: (request) => platform.send(request), clock, allowV1: true });
    await expect(other.get(region, never)).rejects.toMatchObject(off);
  });

  it("5xx is told with its status, and the next read is free to succeed", async () => {
    const imds = await start();
    aws.fault({ service: "imds", operation: "GetMetadata", kind: "error", status: 500, times: 1 });
    await expect(imds.get(region, never)).rejects.toMatchObject({
      code: "IMDS_BUSY",
      message: `the instance metadata service answered 500 for ${region}`,
    });
    expect(await imds.get(region, never)).toBe("eu-west-1");
  });

  it.each(["cut", "lost-answer"] as const)("an answer that is %s is no answer", async (kind) => {
    const imds = await start();
    await imds.get(region, never);
    aws.fault({ service: "imds", operation: "GetMetadata", kind, times: 1 });
    await expect(imds.get(region, never)).rejects.toMatchObject({ code: "IMDS_UNREACHABLE", hint: undefined });
    expect(await imds.get(region, never)).toBe("eu-west-1");
  });

  it("a read that takes longer than a second is no answer", async () => {
    const imds = await start();
    aws.fault({ service: "imds", operation: "GetMetadata", kind: "slow", ms: 60_000 });
    await expect(imds.get(region, never)).rejects.toMatchObject({ code: "IMDS_UNREACHABLE" });
  });

  it("nobody there is told with the way out", async () => {
    await start();
    const imds = imdsClient({ endpoint: "http://127.0.0.1:1", send: (request) => platform.send(request), clock, allowV1: false });
    await expect(imds.get(region, never)).rejects.toMatchObject({
      code: "IMDS_UNREACHABLE",
      message: "the instance metadata service at http://127.0.0.1:1 does not answer",
      hint: "not on EC2? set AWS_EC2_METADATA_DISABLED=true",
    });
  });
});

describe("the endpoint", () => {
  it.each([
    [{}, "http://169.254.169.254"],
    [{ AWS_EC2_METADATA_SERVICE_ENDPOINT: "" }, "http://169.254.169.254"],
    [{ AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: "IPv6" }, "http://[fd00:ec2::254]"],
    [{ AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: "IPv4" }, "http://169.254.169.254"],
    [
      { AWS_EC2_METADATA_SERVICE_ENDPOINT: "http://localhost:1338/", AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: "IPv6" },
      "http://localhost:1338",
    ],
  ])("of %j is %s", (env, endpoint) => expect(imdsEndpoint(env)).toBe(endpoint));
});
