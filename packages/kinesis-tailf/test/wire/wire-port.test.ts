import { inspect } from "node:util";
import { KinesisClient } from "@aws-sdk/client-kinesis";
import { awsConfig } from "@sukima/core/aws-config";
import { testContext } from "@sukima/core/testing";
import { describe, expect, it } from "vitest";
import { type Page, type StreamPort, Trouble } from "../../src/loop/port.ts";
import { sdkPort } from "../../src/service/sdk-port.ts";
import { wirePort } from "../../src/wire/wire-port.ts";
import { answerJson, recordJson } from "./support/answers.ts";
import { body, type CannedStream, cannedStream, refusal, type Reply } from "./support/canned-stream.ts";

type Provider = () => Promise<{ accessKeyId: string; secretAccessKey: string; sessionToken?: string; expiration?: Date }>;

const keys: Provider = async () => ({ accessKeyId: "AKID", secretAccessKey: "hunter2", sessionToken: "t0ken" });

interface Ports {
  readonly sdk: StreamPort;
  readonly wire: StreamPort;
  readonly client: KinesisClient;
  readonly clock: ReturnType<typeof testContext>["clock"];
  /** One attempt to read on from the first shard's beginning. */
  ask(port: StreamPort, signal?: AbortSignal): Promise<Page>;
}

/** Both ports to a canned stream, the wire's way there known. */
async function portsTo(stream: Pick<CannedStream, "url" | "env">, credentials: Provider = keys): Promise<Ports> {
  const ctx = testContext(stream.env);
  const client = new KinesisClient({
    ...awsConfig(ctx, { name: "test", version: "0" }),
    endpoint: stream.url,
    credentials,
    maxAttempts: 1,
  });
  const sdk = sdkPort(client, { StreamName: "s" }, () => {}, ctx);
  const wire = wirePort(sdk, client, { StreamName: "s" }, ctx);
  await wire.iterator("shardId-000000000000", { at: "horizon" }, ctx.signal);
  return { sdk, wire, client, clock: ctx.clock, ask: (port, signal = ctx.signal) => port.records("shardId-000000000000", 1000, signal) };
}

const good = (payload: string, at = 1): Reply => body(answerJson([recordJson({ payload, at })]));
const payloads = ({ records: { bytes } }: Page): string => Buffer.from(bytes).toString();

/** What a failed call comes to. */
async function failureOf(call: Promise<Page>): Promise<unknown> {
  const error: unknown = await call.then(
    () => "no failure",
    (failure: unknown) => failure,
  );
  return error;
}
const told = (error: unknown): unknown => (error instanceof Trouble ? { kind: error.kind, message: error.message } : error);

const cut: Reply = (response) => {
  response.writeHead(200, { "Content-Length": "1000" }).write('{"Records":[');
  setImmediate(() => response.destroy());
};
const withoutDate =
  (reply: Reply): Reply =>
  (response, asked) => {
    response.sendDate = false;
    return reply(response, asked);
  };

const faults: readonly (readonly [what: string, reply: Reply, kind: Trouble["kind"]])[] = [
  ["a throttle", refusal("ProvisionedThroughputExceededException"), "throttled"],
  ["a throttle with its namespace", refusal("com.amazonaws.kinesis#LimitExceededException"), "throttled"],
  ["a throttle by KMS", refusal("KMSThrottlingException"), "throttled"],
  ["a throttle without a Date", withoutDate(refusal("ProvisionedThroughputExceededException")), "throttled"],
  ["an expired iterator", refusal("ExpiredIteratorException"), "expired"],
  [
    "an expired iterator that a header names",
    (response) => void response.writeHead(400, { "x-amzn-errortype": "ExpiredIteratorException:http://x/" }).end("{}"),
    "expired",
  ],
  ["a stream that is gone", refusal("ResourceNotFoundException"), "gone"],
  ["an outage", refusal("InternalFailureException", 500), "transient"],
  ["an outage of a load balancer", body("<html>503</html>", 503), "transient"],
  ["a page of HTML instead of an answer", body("<html>sign in</html>"), "transient"],
  ["half of an answer", body('{"Records":['), "transient"],
  ["a refusal", refusal("AccessDeniedException"), "refused"],
  ["a key that may not be used", refusal("KMSAccessDeniedException"), "refused"],
  ["credentials that are no more", refusal("ExpiredTokenException"), "unsigned"],
];

it.each(faults)("makes of %s the trouble that the SDK's port makes of it", async (_what, reply, kind) => {
  await using stream = await cannedStream(() => reply);
  const { sdk, wire, ask } = await portsTo(stream);
  const [ours, theirs] = [told(await failureOf(ask(wire))), told(await failureOf(ask(sdk)))];
  expect(ours).toEqual(theirs);
  expect(ours).toMatchObject({ kind });
});

it.each([
  ["a cut connection", cut],
  ["a connection that is closed without an answer", (response) => void response.destroy()],
] satisfies readonly (readonly [string, Reply])[])(
  "calls %s transient, as the SDK's port does, and says what the system said",
  async (_what, reply) => {
    await using stream = await cannedStream(() => reply);
    const { sdk, wire, ask } = await portsTo(stream);
    expect(told(await failureOf(ask(wire)))).toEqual({ kind: "transient", message: "ECONNRESET" });
    expect(told(await failureOf(ask(sdk)))).toMatchObject({ kind: "transient" });
  },
);

it("calls a server that is gone transient, as the SDK's port does", async () => {
  const stream = await cannedStream(() => good("x"));
  const { sdk, wire, ask } = await portsTo(stream);
  await stream[Symbol.asyncDispose]();
  expect(told(await failureOf(ask(wire)))).toEqual({ kind: "transient", message: "ECONNREFUSED" });
  expect(told(await failureOf(ask(sdk)))).toMatchObject({ kind: "transient" });
});

it.each(["wire", "sdk"] as const)("gives up on an answer after a minute, which is transient too (%s)", async (name) => {
  await using stream = await cannedStream(() => () => {});
  const { [name]: port, clock, ask } = await portsTo(stream);
  const failure = failureOf(ask(port));
  await stream.until(1);
  await clock.sleep(60_000);
  expect(told(await failure)).toEqual({ kind: "transient", message: "TimeoutError" });
});

it("rejects with the reason of the signal", async () => {
  const controller = new AbortController();
  await using stream = await cannedStream(() => () => controller.abort(new Error("stop")));
  const { wire, ask } = await portsTo(stream);
  await expect(ask(wire, controller.signal)).rejects.toThrow("stop");
});

it("never shows a secret in a failure", async () => {
  for (const [, reply] of faults) {
    await using stream = await cannedStream(() => reply);
    const { wire, ask } = await portsTo(stream);
    const shown = inspect(await failureOf(ask(wire)), { depth: 10 });
    expect([shown.includes("hunter2"), shown.includes("t0ken")]).toEqual([false, false]);
  }
});

describe("an answer that the scan does not read", () => {
  const spaced = body(answerJson([recordJson()]).replace("{", "{ "));
  const callers = (stream: CannedStream): string => stream.asked.map(({ isSdk }) => (isSdk ? "S" : "w")).join("");

  it("is asked for again by the SDK, and after three in a row everything is", async () => {
    await using stream = await cannedStream(() => spaced);
    const { wire, ask } = await portsTo(stream);
    for (let call = 0; call < 5; call++) await ask(wire);
    expect(callers(stream)).toBe("wSwSwSSS");
  });

  it("is forgotten when a later one is read", async () => {
    const replies = [spaced, spaced, spaced, spaced, good("x"), spaced, spaced, spaced, spaced, good("y")];
    await using stream = await cannedStream((_, n) => replies[n - 1] ?? good("z"));
    const { wire, ask } = await portsTo(stream);
    for (let call = 0; call < 7; call++) await ask(wire);
    expect(callers(stream)).toBe("wSwSwwSwSww");
  });

  it("may be one without a Date", async () => {
    await using stream = await cannedStream(({ isSdk }) => (isSdk ? good("from the SDK") : withoutDate(good("from the wire"))));
    const { wire, ask } = await portsTo(stream);
    expect([payloads(await ask(wire)), callers(stream)]).toEqual(["from the SDK", "wS"]);
  });

  it("is not what a closed shard ends with, nor what a refusal is", async () => {
    const end = body(answerJson([recordJson()], "null").replace("{", '{"ChildShards":[],'));
    await using stream = await cannedStream((_, n) => (n <= 8 ? end : n <= 20 ? refusal("InternalFailureException", 500) : good("x")));
    const { wire, ask } = await portsTo(stream);
    for (let call = 0; call < 10; call++) await failureOf(ask(wire));
    expect([payloads(await ask(wire)), callers(stream)]).toEqual(["x", `${"wS".repeat(10)}w`]);
  });
});

describe("the memory of a page", () => {
  it("serves no other page before it was given back", async () => {
    await using stream = await cannedStream((_, n) => good(`page ${n}`));
    const { wire, ask } = await portsTo(stream);
    const [first, second] = [await ask(wire), await ask(wire)];
    second.release?.();
    const third = await ask(wire);
    expect([payloads(first), payloads(third), third.records.bytes.buffer === second.records.bytes.buffer]).toEqual([
      "page 1",
      "page 3",
      true,
    ]);
    expect([first.records.key(0), first.records.sequence(0), first.records.arrivedAtMs[0]]).toEqual([
      "key-1",
      `4954011585924826${"1".padStart(40, "0")}`,
      1_700_000_000_123,
    ]);
  });
});

describe("requests are signed", () => {
  const signature =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/ap-northeast-1\/kinesis\/aws4_request, SignedHeaders=\S+, Signature=[0-9a-f]{64}$/;
  const signers = (stream: CannedStream): unknown[] =>
    stream.asked.map(({ headers }) => [signature.exec(headers.authorization ?? "")?.[1], headers["x-amz-security-token"]]);

  it("with the credentials of the moment", async () => {
    let n = 0;
    // Those that are about to expire are asked for anew.
    const changing: Provider = async () => ({
      accessKeyId: `AKID${++n}`,
      secretAccessKey: `secret ${n}`,
      ...(n > 2 ? { sessionToken: `token ${n}` } : {}),
      expiration: new Date(),
    });
    await using stream = await cannedStream(() => good("x"));
    const { wire, ask } = await portsTo(stream, changing);
    const before = n;
    for (let call = 0; call < 3; call++) await ask(wire);
    expect(signers(stream)).toEqual(
      [1, 2, 3].map((call) => [`AKID${before + call}`, before + call > 2 ? `token ${before + call}` : undefined]),
    );
  });

  it("anew when only the secret has changed", async () => {
    let n = 0;
    await using stream = await cannedStream(() => good("x"));
    const { wire, ask } = await portsTo(stream, async () => ({
      accessKeyId: "AKID",
      secretAccessKey: `secret ${++n}`,
      expiration: new Date(),
    }));
    await ask(wire);
    await ask(wire);
    const [first, second] = stream.asked.map(({ headers }) => headers.authorization);
    expect(first).not.toBe(second);
  });

  it("and credentials that cannot be had are the SDK port's trouble", async () => {
    let isSignedIn = true;
    await using stream = await cannedStream(() => good("x"));
    const { sdk, wire, ask } = await portsTo(stream, async () => {
      if (!isSignedIn) throw Object.assign(new Error("signed out"), { name: "CredentialsProviderError" });
      return { accessKeyId: "AKID", secretAccessKey: "hunter2", expiration: new Date() };
    });
    isSignedIn = false;
    const [ours, theirs] = [told(await failureOf(ask(wire))), told(await failureOf(ask(sdk)))];
    expect(ours).toEqual(theirs);
    expect(ours).toEqual({ kind: "unsigned", message: "CredentialsProviderError" });
  });
});
