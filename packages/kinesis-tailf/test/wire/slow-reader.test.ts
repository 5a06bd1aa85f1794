import { execute } from "@sukima/core";
import { testContext } from "@sukima/core/testing";
import { afterEach, expect, it, vi } from "vitest";
import { kinesisTailf } from "../../src/tail/command.ts";
import { runTail } from "../../src/tail/run.ts";
import { answerJson, recordJson } from "./support/answers.ts";
import { atTip, body, cannedStream } from "./support/canned-stream.ts";

afterEach(() => vi.unstubAllEnvs());

const shards = 4;
const pages = 5;
/** Each page fits into the memory of an earlier one. */
const linesOf = (shard: number, page: number): string[] =>
  Array.from({ length: 20 }, (_, at) => `${shard}/${page}/${at} ${"x".repeat((shards + pages - shard - page) * 7)}\n`);

it("prints the pages of every shard whole though the reader is slow and their memory serves again", async () => {
  await using stream = await cannedStream(({ iterator }) => {
    const [shard = 0, page = 0] = iterator.replace("shardId-", "").split("/").map(Number);
    if (page === pages) return atTip;
    const records = linesOf(shard, page).map((payload, at) => recordJson({ at, payload }));
    return body(answerJson(records, JSON.stringify(`${shard}/${page + 1}`)));
  }, shards);
  for (const [name, value] of Object.entries(stream.env)) vi.stubEnv(name, value);
  const ctx = testContext(stream.env);
  const printed: string[] = [];
  let last = Promise.resolve();
  let written = 0;
  const stdout = {
    // Looks at the bytes when every shard has fetched what it may.
    write(bytes: Uint8Array): Promise<void> {
      last = last.then(async () => {
        await stream.until(written + shards);
        written++;
        printed.push(Buffer.from(bytes).toString());
      });
      return last;
    },
  };
  const run = (values: Parameters<typeof runTail>[0], operands: readonly string[]): Promise<number> =>
    runTail(values, operands, { stdout, stdin: async function* () {}, zone: "UTC" }, ctx);
  expect(await execute({ ...kinesisTailf, run }, "0.0.0", ["-stream=s", "-from=horizon", "-follow=false"], ctx)).toBe(0);
  const expected = Array.from({ length: shards * pages }, (_, at) => linesOf(at % shards, Math.floor(at / shards)).join(""));
  expect([printed.toSorted(), stream.asked.every(({ isSdk }) => !isSdk)]).toEqual([expected.toSorted(), true]);
});
