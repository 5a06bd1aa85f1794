import { KinesisClient } from "@aws-sdk/client-kinesis";
import { expect, it } from "vitest";
import { fanOut, follow } from "./support/fan-out.ts";
import { http2Front } from "./support/http2-front.ts";

/** What the tool's client is on HTTPS: the SDK's HTTP/2 handler, which gives each subscription a connection of its own. */
const http2Client = (endpoint: string): KinesisClient =>
  new KinesisClient({
    region: "ap-northeast-1",
    endpoint,
    credentials: { accessKeyId: "AKID", secretAccessKey: "s" },
    maxAttempts: 1,
    requestHandler: {},
  });

it("over HTTP/2 subscriptions are renewed without a gap, follow a split, and are gone when the run is stopped", async () => {
  await using scene = await fanOut();
  await using front = await http2Front(scene.aws.url);
  const client = http2Client(front.url);
  const following = await follow({ ...scene, client });
  await scene.put("a");
  await following.until(1);
  scene.aws.clock.advance(300_000);
  await scene.put("b");
  await following.until(2);
  await scene.split();
  await scene.put("c", "d", "e", "f");
  await following.until(6);
  expect([following.printed.slice(0, 2), following.printed.slice(2).sort(), front.streams.size]).toEqual([
    ["a", "b"],
    ["c", "d", "e", "f"],
    2,
  ]);
  expect(await following.stop()).toEqual(new Error("seen enough"));
  while (front.streams.size > 0) await front.over();
  client.destroy();
});
