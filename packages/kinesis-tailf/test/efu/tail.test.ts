import diagnostics from "node:diagnostics_channel";
import { Socket } from "node:net";
import { DeregisterStreamConsumerCommand, SubscribeToShardCommand } from "@aws-sdk/client-kinesis";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startAtRoots } from "../../src/loop/lineage.ts";
import { type FanOut, fanOut, first, follow, streamArn } from "./support/fan-out.ts";

let scene: FanOut;
beforeEach(async () => {
  scene = await fanOut();
});
afterEach(() => scene[Symbol.asyncDispose]());

/** The StartingPosition types of the subscriptions so far. */
const starts = (): unknown[] => scene.aws.calls("kinesis:SubscribeToShard").map(({ request }) => /"Type":"(\w+)"/.exec(request.body)?.[1]);

it("brings what is there and what arrives, and waits for nothing in between", async () => {
  await scene.put("a", "b");
  const following = await follow(scene);
  const waits = following.ctx.clock.sleeps.length;
  await following.until(2);
  for (const text of ["c", "d", "e"]) {
    await scene.put(text);
    await following.until(following.printed.length + 1);
  }
  expect([following.printed, following.ctx.clock.sleeps.slice(waits), starts()]).toEqual([["a", "b", "c", "d", "e"], [], ["TRIM_HORIZON"]]);
  expect(await following.stop()).toEqual(new Error("seen enough"));
});

it("renews a subscription after its five minutes without a gap and without a repetition", async () => {
  const following = await follow(scene);
  const put: string[] = [];
  for (let round = 0; round < 4; round++) {
    put.push(`${round} early`, `${round} late`);
    await scene.put(`${round} early`);
    await following.until(put.length - 1);
    scene.aws.clock.advance(300_000);
    await scene.put(`${round} late`);
    await following.until(put.length);
  }
  expect([following.printed, following.troubles, starts()]).toEqual([
    put,
    ["expired", "expired", "expired", "expired"],
    ["TRIM_HORIZON", ...Array.from({ length: 4 }, () => "AFTER_SEQUENCE_NUMBER")],
  ]);
  await following.stop();
});

it("goes on from the continuation when nothing came before the renewal", async () => {
  const following = await follow(scene);
  await following.untilAsked(2);
  scene.aws.clock.advance(300_000);
  await scene.aws.saw("kinesis:SubscribeToShard", { count: 2 });
  await scene.put("after a quiet time");
  await following.until(1);
  expect([following.printed, starts()]).toEqual([["after a quiet time"], ["TRIM_HORIZON", "AFTER_SEQUENCE_NUMBER"]]);
  await following.stop();
});

it("reads all of a shard that splits, then its children from their first record", async () => {
  await scene.put("old 1", "old 2");
  const following = await follow(scene);
  await following.until(2);
  await scene.put("old 3");
  await scene.split();
  await scene.put("new 1", "new 2", "new 3", "new 4");
  await following.until(7);
  expect([following.printed.slice(0, 3), following.printed.slice(3).sort(), starts()]).toEqual([
    ["old 1", "old 2", "old 3"],
    ["new 1", "new 2", "new 3", "new 4"],
    ["TRIM_HORIZON", "TRIM_HORIZON", "TRIM_HORIZON"],
  ]);
  await following.stop();
});

it("ends with a range, whose records it prints and no others", async () => {
  const start = scene.aws.clock.now().getTime();
  for (const text of ["before", "in 1", "in 2", "after"]) {
    await scene.put(text);
    scene.aws.clock.advance(60_000);
  }
  const range = { startMs: start + 30_000, endMs: start + 150_000 };
  const following = await follow(scene, { range, start: startAtRoots({ at: "time", ms: range.startMs }) });
  expect([await following.result, following.printed]).toEqual([[], ["in 1", "in 2"]]);
});

it("ends with a range that was still to come once the service's clock has passed it", async () => {
  const start = scene.aws.clock.now().getTime();
  const following = await follow(scene, { range: { startMs: start, endMs: start + 30_000 } });
  await following.untilAsked(2);
  await scene.put("in");
  await following.until(1);
  await following.ctx.clock.sleep(40_000);
  await scene.put("after");
  expect([await following.result, following.printed]).toEqual([[], ["in"]]);
});

it("stops at the tip when it is not to follow", async () => {
  await scene.put("a", "b");
  const following = await follow(scene, { range: { startMs: undefined, endMs: undefined, toTip: true } });
  expect([await following.result, following.printed]).toEqual([[], ["a", "b"]]);
});

describe("a subscription that is refused", () => {
  it("as another is in use is asked for again five seconds later", async () => {
    await scene.put("a");
    scene.aws.fail("kinesis:SubscribeToShard", "ResourceInUseException", { times: 2 });
    const following = await follow(scene);
    await following.until(1);
    const times = scene.aws.calls("kinesis:SubscribeToShard").map(({ time }) => Date.parse(time));
    expect(times.map((time) => time - (times[0] ?? 0))).toEqual([0, 5000, 10_000]);
    await following.stop();
  });

  it.each([
    ["throttled", { kind: "throttle" }],
    ["failing inside the service", { kind: "error", code: "InternalFailureException", status: 500 }],
    ["without an answer", { kind: "lost-answer" }],
  ] as const)("%s is asked for again, at most once a second", async (_what, fault) => {
    await scene.put("a");
    scene.aws.fault({ service: "kinesis", operation: "SubscribeToShard", times: 3, ...fault });
    const following = await follow(scene);
    await following.until(1);
    await scene.put("b");
    await following.until(2);
    const times = scene.aws.calls("kinesis:SubscribeToShard").map(({ time }) => Date.parse(time));
    expect(Math.min(...times.slice(1).map((time, at) => time - (times[at] ?? 0)))).toBeGreaterThanOrEqual(1000);
    expect(following.printed).toEqual(["a", "b"]);
    await following.stop();
  });

  it("by nobody, but never answered, is asked for again after a minute", async () => {
    await scene.put("a");
    scene.aws.fault({ service: "kinesis", operation: "SubscribeToShard", kind: "slow", ms: 600_000, times: 1 });
    const following = await follow(scene);
    await scene.aws.saw("kinesis:SubscribeToShard");
    await following.ctx.clock.sleep(60_000);
    await following.until(1);
    expect([following.printed, following.troubles]).toEqual([["a"], ["transient"]]);
    await following.stop();
  });

  it("for lack of a permission ends the shard with the action to allow", async () => {
    scene.aws.deny("kinesis:SubscribeToShard", "*");
    const following = await follow(scene);
    expect(await following.result).toEqual([
      {
        id: first,
        cause: expect.objectContaining({
          code: "ACCESS_DENIED",
          message: expect.stringMatching(/^kinesis:SubscribeToShard on arn:.*\/consumer\/test:\d+ was refused$/),
        }),
      },
    ]);
  });
});

describe("a subscription that breaks", () => {
  it("in the middle of an event loses nothing and repeats nothing", async () => {
    await scene.put("a", "b", "c");
    scene.aws.fault({ service: "kinesis", operation: "SubscribeToShard", kind: "cut", times: 2 });
    const following = await follow(scene);
    await following.until(3);
    await scene.put("d");
    await following.until(4);
    expect([following.printed, following.troubles]).toEqual([
      ["a", "b", "c", "d"],
      ["transient", "expired", "transient", "expired"],
    ]);
    await following.stop();
  });

  it("as another one took over is taken back after five seconds", async () => {
    const following = await follow(scene);
    await scene.put("a");
    await following.until(1);
    scene.aws.clock.advance(6000);
    const ConsumerARN = /arn:[^"]*consumer[^"]*/.exec(scene.aws.calls("kinesis:SubscribeToShard")[0]?.request.body ?? "")?.[0];
    const rival = new AbortController();
    await scene.client.send(new SubscribeToShardCommand({ ConsumerARN, ShardId: first, StartingPosition: { Type: "LATEST" } }), {
      abortSignal: rival.signal,
    });
    await scene.put("b");
    await following.until(2);
    const [, taken = 0, back = 0] = scene.aws.calls("kinesis:SubscribeToShard").map(({ time }) => Date.parse(time));
    expect([following.printed, following.troubles, back - taken]).toEqual([["a", "b"], ["throttled", "expired"], 5000]);
    rival.abort();
    await following.stop();
  });

  it("by a minute's silence is renewed", async () => {
    await scene.put("a");
    const following = await follow(scene);
    await following.untilAsked(2);
    // Only our own clock goes on, as after a sleep: the world has nothing to say.
    const { clock } = following.ctx;
    const worldAdvance = scene.aws.clock.advance;
    scene.aws.clock.advance = () => {};
    await clock.sleep(60_000);
    scene.aws.clock.advance = worldAdvance;
    await scene.aws.saw("kinesis:SubscribeToShard", { count: 2 });
    await scene.put("b");
    await following.until(2);
    expect([following.printed, following.troubles.slice(0, 2)]).toEqual([
      ["a", "b"],
      ["transient", "expired"],
    ]);
    await following.stop();
  });

  it("for so long that retention took records is told of as a gap, and goes on with the oldest record", async () => {
    const following = await follow(scene);
    await scene.put("a", "b");
    await following.until(2);
    await scene.put("lost");
    await following.until(3);
    scene.aws.clock.advance(25 * 3_600_000);
    await scene.put("c");
    await following.until(4);
    expect([following.printed, following.gaps]).toEqual([["a", "b", "lost", "c"], [first]]);
    await following.stop();
  });

  it.each(["sequence", "after"] as const)("and cannot go on at a number (%s) that retention took is trimmed", async (at) => {
    const { port, stop, untilAsked } = await follow(scene);
    await untilAsked(2);
    await stop();
    await scene.put("a");
    scene.aws.clock.advance(10_000);
    const { signal } = new AbortController();
    const token = await port.iterator(first, { at: "horizon" }, signal);
    const sequence = (await port.records(token, 1, signal)).records.sequence(0);
    port.release(token);
    scene.aws.clock.advance(25 * 3_600_000);
    await scene.put("b");
    await expect(port.iterator(first, { at, sequence }, signal)).rejects.toMatchObject({ kind: "trimmed" });
  });

  it("with its consumer ends the run", async () => {
    const following = await follow(scene);
    await scene.put("a");
    await following.until(1);
    await scene.client.send(new DeregisterStreamConsumerCommand({ StreamARN: streamArn, ConsumerName: "test" }));
    scene.aws.clock.advance(1000);
    await expect(following.result).rejects.toMatchObject({ code: "NO_CONSUMER", exit: 1 });
  });
});

it("ends a shard with the key's name when records cannot be decrypted any more", async () => {
  await scene[Symbol.asyncDispose]();
  scene = await fanOut({ shards: 1, encryption: "alias/aws/kinesis" });
  const following = await follow(scene);
  await scene.put("a");
  await following.until(1);
  scene.aws.deny("kms:Decrypt", "alias/aws/kinesis");
  expect(await following.result).toEqual([{ id: first, cause: expect.objectContaining({ code: "KMS_REFUSED" }) }]);
});

describe("connections", () => {
  const sockets = new Set<Socket>();
  const note = (message: unknown): void => {
    if (typeof message === "object" && message !== null && "socket" in message && message.socket instanceof Socket)
      sockets.add(message.socket);
  };
  beforeEach(() => {
    sockets.clear();
    diagnostics.subscribe("net.client.socket", note);
  });
  afterEach(() => void diagnostics.unsubscribe("net.client.socket", note));
  const open = (): number => [...sockets].filter(({ destroyed }) => !destroyed).length;

  it("of subscriptions are gone when the run is stopped", async () => {
    await scene.split();
    await scene.put("a");
    const following = await follow(scene);
    await following.until(1);
    await scene.aws.saw("kinesis:SubscribeToShard", { count: 3 });
    const during = open();
    await following.stop();
    // Kept connections of other calls stay with the client.
    expect(during - open()).toBe(2);
  });

  it("of a shard that is read as far as it is wanted are closed", async () => {
    const { port, ctx, stop, until } = await follow(scene);
    await scene.put("a");
    await until(1);
    await stop();
    const signal = new AbortController().signal;
    scene.aws.clock.advance(10_000);
    const token = await port.iterator(first, { at: "horizon" }, signal);
    const page = await port.records(token, 1, signal);
    const during = open();
    port.release(token);
    await expect(port.records(token, 1, signal)).rejects.toMatchObject({ kind: "expired" });
    expect([page.records.length, during - open(), ctx.signal.aborted]).toEqual([1, 1, true]);
  });
});
