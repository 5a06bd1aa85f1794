import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { ListStreamConsumersCommand, RegisterStreamConsumerCommand } from "@aws-sdk/client-kinesis";
import { createLog } from "@sukima/core";
import { memorySink, type TestContext } from "@sukima/core/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Consumer } from "../../src/efu/consumer.ts";
import { consumerName } from "../../src/efu/consumer-name.ts";
import { registerConsumer } from "../../src/efu/register.ts";
import { type FanOut, fanOut, streamArn } from "./support/fan-out.ts";

let scene: FanOut;
let state: string;
let notes: string;
beforeEach(async () => {
  scene = await fanOut();
  state = mkdtempSync(join(tmpdir(), "efu-"));
  notes = join(state, "sukima", "kinesis-consumers");
});
afterEach(async () => {
  await scene[Symbol.asyncDispose]();
  rmSync(state, { recursive: true });
});

/** The number of a process that is gone. */
const gone = spawnSync(process.execPath, ["-e", ""]).pid;
const ownName = (pid: number): string => consumerName(hostname(), pid, 0, 0);

/** A run with this process number, which keeps its notes in the state folder. */
function run(
  pid: number,
  env: Readonly<Record<string, string>> = { XDG_STATE_HOME: state },
  signal = new AbortController().signal,
): TestContext {
  return scene.context(env, { signal, host: { pid, arch: "x64", platform: process.platform, takeSignals() {} } });
}

async function register(ctx: TestContext, name?: string) {
  const err = memorySink();
  const log = createLog(err, ctx.clock, { tool: "kinesis-tailf", level: "warn", format: "text" });
  return { err, got: await registerConsumer(scene.client, streamArn, { name, log }, ctx) };
}

async function registered(ctx: TestContext, name?: string): Promise<Consumer> {
  const { got } = await register(ctx, name);
  if (!("arn" in got)) throw new Error(got.reason);
  return got;
}

/** Names and states of the stream's consumers, once what is under way is done. */
async function consumers(): Promise<(string | undefined)[][]> {
  scene.aws.clock.advance(1000);
  const { Consumers = [] } = await scene.client.send(new ListStreamConsumersCommand({ StreamARN: streamArn }));
  return Consumers.map(({ ConsumerName, ConsumerStatus }) => [ConsumerName, ConsumerStatus]);
}

const makeConsumer = (ConsumerName: string) => scene.client.send(new RegisterStreamConsumerCommand({ StreamARN: streamArn, ConsumerName }));
const noteNames = (): string[] => readdirSync(notes).map((file) => file.split(".").slice(0, -2).join("."));

describe("a consumer of the run's own", () => {
  it("is named after host and process, ACTIVE when it is handed out, and deregistered at the end", async () => {
    const consumer = await registered(run(process.pid));
    expect(consumer.arn).toContain(`/consumer/${ownName(process.pid)}:`);
    expect(await consumers()).toEqual([[ownName(process.pid), "ACTIVE"]]);
    await consumer.close();
    expect([await consumers(), noteNames()]).toEqual([[], []]);
  });

  it("is noted in a private file while it lives", async () => {
    const consumer = await registered(run(process.pid));
    const [file = ""] = readdirSync(notes);
    expect(statSync(join(notes, file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(join(notes, file), "utf8"))).toEqual({
      streamArn,
      host: hostname(),
      pid: process.pid,
      started: expect.any(String),
      name: ownName(process.pid),
      arn: consumer.arn,
    });
    await consumer.close();
  });

  it("needs no home", async () => {
    const consumer = await registered(run(process.pid, {}));
    expect(await consumers()).toEqual([[ownName(process.pid), "ACTIVE"]]);
    await consumer.close();
    expect(await consumers()).toEqual([]);
  });

  it("needs no folder that can be written", async () => {
    const file = join(state, "file");
    writeFileSync(file, "");
    const { got, err } = await register(run(process.pid, { XDG_STATE_HOME: file }));
    expect(["arn" in got, err.text]).toEqual([
      true,
      `kinesis-tailf: warning: ${file}/sukima/kinesis-consumers: notes about consumers cannot be kept (ENOTDIR); one of a run that crashes stays registered\n`,
    ]);
  });

  it("takes another name when its own belongs to somebody else", async () => {
    await makeConsumer(ownName(process.pid));
    const consumer = await registered(run(process.pid));
    await consumer.close();
    expect(consumer.arn).toContain(`/consumer/${ownName(process.pid)}-i000:`);
    // Not even for a moment: a run that crashes just then would have noted it as its own.
    expect(scene.aws.calls("kinesis:RegisterStreamConsumer")).toHaveLength(2);
    expect(await consumers()).toEqual([[ownName(process.pid), "ACTIVE"]]);
  });

  it("is recognised when the answer to its registration was lost", async () => {
    scene.aws.fault({ service: "kinesis", operation: "RegisterStreamConsumer", kind: "lost-answer", times: 1 });
    const consumer = await registered(run(process.pid));
    expect(await consumers()).toEqual([[ownName(process.pid), "ACTIVE"]]);
    await consumer.close();
    expect([await consumers(), noteNames()]).toEqual([[], []]);
  });

  it("is deregistered when the run is interrupted while it waits for it", async () => {
    const stopping = new AbortController();
    const ctx = run(process.pid, { XDG_STATE_HOME: state }, stopping.signal);
    ctx.clock.after(1, () => stopping.abort(new Error("stopped by SIGINT")));
    await expect(register(ctx)).rejects.toThrow("stopped by SIGINT");
    expect([await consumers(), noteNames()]).toEqual([[], []]);
  });

  it("is not made when the run is interrupted before", async () => {
    scene.aws.fault({ service: "kinesis", operation: "DescribeStreamConsumer", kind: "slow", ms: 60_000 });
    const stopping = new AbortController();
    const registering = register(run(process.pid, { XDG_STATE_HOME: state }, stopping.signal));
    await scene.aws.saw("kinesis:DescribeStreamConsumer");
    stopping.abort(new Error("stopped by SIGINT"));
    await expect(registering).rejects.toThrow("stopped by SIGINT");
    expect(await consumers()).toEqual([]);
  });

  it("is deregistered when it does not become ACTIVE within two minutes", async () => {
    const ctx = run(process.pid);
    // The world stands still, whatever the run sleeps.
    const { advance } = scene.aws.clock;
    scene.aws.clock.advance = () => {};
    await expect(register(ctx)).rejects.toMatchObject({
      code: "NO_CONSUMER",
      message: `the consumer ${ownName(process.pid)} is CREATING, and has not become ACTIVE within two minutes`,
    });
    scene.aws.clock.advance = advance;
    expect([await consumers(), noteNames(), ctx.clock.elapsedMs()]).toEqual([[], [], 120_000]);
  });

  it("that cannot be deregistered is told of with the command, and keeps its note", async () => {
    const { got, err } = await register(run(gone));
    if (!("arn" in got)) throw new Error(got.reason);
    scene.aws.fail("kinesis:DeregisterStreamConsumer", "InternalFailureException", { times: 1, status: 500 });
    await got.close();
    expect(err.text).toBe(
      `kinesis-tailf: warning: the consumer ${ownName(gone)} could not be deregistered reason=InternalFailureException\n` +
        `kinesis-tailf: hint: it costs money: aws kinesis deregister-stream-consumer --stream-arn ${streamArn} --consumer-name ${ownName(gone)}\n`,
    );
    expect(noteNames()).toEqual([ownName(gone)]);
  });
});

it("the end of a run waits two seconds for a consumer to be deregistered, and no longer", async () => {
  const ctx = run(process.pid);
  const { got, err } = await register(ctx);
  if (!("arn" in got)) throw new Error(got.reason);
  scene.aws.fault({ service: "kinesis", operation: "DeregisterStreamConsumer", kind: "slow", ms: 60_000 });
  const closing = got.close();
  await scene.aws.saw("kinesis:DeregisterStreamConsumer");
  await ctx.clock.sleep(2000);
  await closing;
  expect(err.text).toContain(`the consumer ${ownName(process.pid)} could not be deregistered reason="no answer within 2 seconds"`);
});

describe("a named consumer", () => {
  it("is registered when it is not there, used when it is, and never deregistered", async () => {
    const one = await registered(run(process.pid), "mine");
    await one.close();
    const other = await registered(run(process.pid), "mine");
    await other.close();
    expect([other.arn === one.arn, await consumers()]).toEqual([true, [["mine", "ACTIVE"]]]);
    expect(scene.aws.calls("kinesis:*").map(({ operation }) => operation)).not.toContain("DeregisterStreamConsumer");
    expect(scene.aws.calls("kinesis:RegisterStreamConsumer")).toHaveLength(1);
  });

  it("is waited for while it is being made", async () => {
    await makeConsumer("mine");
    await registered(run(process.pid), "mine");
    expect(await consumers()).toEqual([["mine", "ACTIVE"]]);
  });
});

describe("no consumer", () => {
  it.each([[undefined], ["mine"]])("is had of a stream that has 20 of them, with the way out (named: %s)", async (name) => {
    for (let at = 0; at < 20; at++) {
      await makeConsumer(`c${at}`);
      scene.aws.clock.advance(1000);
    }
    const { got } = await register(run(process.pid), name);
    expect(got).toEqual({
      reason: `${streamArn} takes no further consumer`,
      hint: `deregister one that nobody uses; see aws kinesis list-stream-consumers --stream-arn ${streamArn}`,
    });
    expect(await consumers()).toHaveLength(20);
  });

  it.each(["LimitExceededException", "AccessDeniedException"])("that was refused (%s) leaves no note", async (code) => {
    scene.aws.fail("kinesis:RegisterStreamConsumer", code);
    await register(run(process.pid));
    expect(noteNames()).toEqual([]);
  });

  it.each(["kinesis:RegisterStreamConsumer", "kinesis:DescribeStreamConsumer"])("is had without %s, which is named", async (action) => {
    scene.aws.deny(action, "*");
    const { got } = await register(run(process.pid));
    expect(got).toEqual({ reason: `${action} on ${streamArn} was refused`, hint: `allow ${action} on ${streamArn}` });
    expect(await consumers()).toEqual([]);
  });

  it("is had while the service is out of order, and no note stays of what was never heard of", async () => {
    scene.aws.fail("kinesis:DescribeStreamConsumer", "InternalFailureException", { times: 5, status: 500 });
    await expect(register(run(process.pid))).rejects.toMatchObject({
      code: "NO_CONSUMER",
      message: `no consumer could be registered with ${streamArn}: InternalFailureException`,
    });
    expect(await consumers()).toEqual([]);
  });
});

it("old credentials are told of as such", async () => {
  scene.aws.fail("kinesis:DescribeStreamConsumer", "ExpiredTokenException");
  await expect(register(run(process.pid))).rejects.toMatchObject({ code: "BAD_CREDENTIALS" });
});

describe("after a crash", () => {
  it("the next start deregisters what was left behind", async () => {
    await registered(run(gone));
    const consumer = await registered(run(process.pid));
    expect([await consumers(), noteNames()]).toEqual([[[ownName(process.pid), "ACTIVE"]], [ownName(process.pid)]]);
    await consumer.close();
  });

  it("in the middle of a registration the next start finds the consumer by its name", async () => {
    scene.aws.fault({ service: "kinesis", operation: "RegisterStreamConsumer", kind: "lost-answer", times: 5 });
    await expect(register(run(gone))).rejects.toMatchObject({ code: "NO_CONSUMER" });
    expect([await consumers(), noteNames()]).toEqual([[[ownName(gone), "ACTIVE"]], [ownName(gone)]]);
    await registered(run(process.pid), "mine");
    expect([await consumers(), noteNames()]).toEqual([[["mine", "ACTIVE"]], []]);
  });

  it("the consumer of a run that goes on is left alone", async () => {
    await registered(run(process.pid));
    const other = await registered(run(gone));
    await other.close();
    expect([await consumers(), noteNames()]).toEqual([[[ownName(process.pid), "ACTIVE"]], [ownName(process.pid)]]);
  });

  it("two runs at once keep both notes", async () => {
    const both = await Promise.all([registered(run(process.pid)), registered(run(process.ppid))]);
    expect(noteNames().sort()).toEqual([process.pid, process.ppid].map(ownName).sort());
    for (const consumer of both) await consumer.close();
    expect([await consumers(), noteNames()]).toEqual([[], []]);
  });

  it("a consumer that is gone already needs no more than to be forgotten", async () => {
    const consumer = await registered(run(gone));
    const [file = ""] = readdirSync(notes);
    const text = readFileSync(join(notes, file), "utf8");
    await consumer.close();
    await consumers();
    writeFileSync(join(notes, file), text);
    await registered(run(process.pid), "mine");
    expect(noteNames()).toEqual([]);
  });

  it("a consumer that cannot be deregistered now is kept in mind, and the run goes on", async () => {
    await registered(run(gone));
    scene.aws.deny("kinesis:DeregisterStreamConsumer", "*");
    const { got, err } = await register(run(process.pid), "mine");
    expect(["arn" in got, noteNames(), err.text]).toEqual([
      true,
      [ownName(gone)],
      `kinesis-tailf: warning: the consumer ${ownName(gone)} that an earlier run left behind could not be deregistered stream=${streamArn} reason="kinesis:DeregisterStreamConsumer on ${streamArn} was refused"\n`,
    ]);
  });

  it.each(["{", "[]", '{"streamArn":"arn:aws:kinesis:r:1:stream/s"}'])("a broken note (%s) is set aside with a warning", async (text) => {
    mkdirSync(notes, { recursive: true });
    writeFileSync(join(notes, "x.1.json"), text);
    const { got, err } = await register(run(process.pid), "mine");
    expect(["arn" in got, readdirSync(notes), err.text]).toEqual([
      true,
      ["x.1.json.broken"],
      `kinesis-tailf: warning: ${join(notes, "x.1.json")} is no note about a consumer; it is set aside\n` +
        "kinesis-tailf: hint: look for consumers that nobody uses with: aws kinesis list-stream-consumers\n",
    ]);
  });
});
