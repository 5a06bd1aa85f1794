import { expect, it } from "vitest";
import { runInProcess } from "../support/tail-in-process.ts";
import { answerJson, brokenAnswers, plainAnswers, recordJson, unusualAnswers } from "./support/answers.ts";
import { atTip, body, cannedStream } from "./support/canned-stream.ts";

/** What is printed of an answer, and who asked for it. */
async function printed(answer: Buffer, ...flags: string[]) {
  // The wire's request and the SDK's for the same page get the same.
  await using stream = await cannedStream(({ iterator }) => (iterator === "shardId-000000000000" ? body(answer) : atTip));
  const { code, bytes, err } = await runInProcess(stream, ["-stream=s", "-from=horizon", "-follow=false", ...flags]);
  return {
    code,
    bytes,
    err,
    sdk: stream.asked.filter(({ isSdk }) => isSdk).length,
    wire: stream.asked.filter(({ isSdk }) => !isSdk).length,
  };
}

const formats = [["-o=raw"], ["-lf"], ["-o=json"]];
const pageOf10000 = answerJson(Array.from({ length: 10_000 }, (_, at) => recordJson({ at, payload: `record ${at}\n` })));

it.each([...plainAnswers, ["10,000 records", pageOf10000] as const])(
  "prints the same bytes of %s as -sdk does, without the SDK",
  async (what, text) => {
    // The end of a shard is the SDK's.
    const isEnd = !JSON.parse(text).NextShardIterator;
    for (const flags of formats) {
      const [ours, theirs] = [await printed(Buffer.from(text), ...flags), await printed(Buffer.from(text), "-sdk", ...flags)];
      expect(ours.bytes.equals(theirs.bytes), `${what} ${flags.join(" ")}`).toBe(true);
      expect([ours.code, ours.err, theirs.code, theirs.err, theirs.wire]).toEqual([0, "", 0, "", 0]);
      expect(ours.sdk).toBe(isEnd ? 1 : 0);
    }
  },
);

it.each(unusualAnswers)("prints the same bytes of %s as -sdk does, after asking the SDK", async (what, text) => {
  for (const flags of formats) {
    const [ours, theirs] = [await printed(Buffer.from(text), ...flags), await printed(Buffer.from(text), "-sdk", ...flags)];
    expect(ours.bytes.equals(theirs.bytes), `${what} ${flags.join(" ")}`).toBe(true);
    expect([ours.code, ours.err, theirs.code, theirs.err, ours.sdk]).toEqual([0, "", 0, "", 1]);
  }
});

it.each(brokenAnswers)("prints what the SDK is answered when the wire was answered with %s", async (_what, text) => {
  const good = answerJson([recordJson({ payload: "good" })]);
  await using stream = await cannedStream(({ iterator }, n) => (n === 1 ? body(text) : iterator.startsWith("shard") ? body(good) : atTip));
  const { code, out, err } = await runInProcess(stream, ["-stream=s", "-from=horizon", "-follow=false"]);
  expect([code, out, err, stream.asked.map(({ isSdk }) => isSdk)]).toEqual([0, "good", "", [false, true, false]]);
});

it.each(["", "{}"])("does not take the answer %j for the end of a shard", async (text) => {
  const good = answerJson([recordJson({ payload: "good" })]);
  await using stream = await cannedStream(({ iterator }, n) => (n === 1 ? body(text) : iterator.startsWith("shard") ? body(good) : atTip));
  const { code, out, err } = await runInProcess(stream, ["-stream=s", "-from=horizon", "-follow=false", "-sdk"]);
  expect([code, out, err, stream.asked.length]).toEqual([0, "good", "", 3]);
});
