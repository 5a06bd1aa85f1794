import { startRehearsal } from "@sukima/rehearsal";
import { expect, it } from "vitest";
import { cat } from "./support/cat-in-process.ts";

it.each([
  ["may not be used", { deny: true }, "KMSAccessDeniedException"],
  ["is disabled", { state: "disabled" as const }, "KMSDisabledException"],
])("a stream's key that %s is named, with the next unsent record (exit 1)", async (_what, key, name) => {
  await using aws = await startRehearsal({
    clock: "virtual",
    world: { streams: { s: { encryption: "alias/app" } }, kms: { keys: { "alias/app": key } } },
  });
  const { code, out, err } = await cat(aws, ["-stream=s"], { stdin: ["a\nb\n"] });
  const arn = "arn:aws:kms:ap-northeast-1:123456789012:alias/app";
  expect([code, out]).toEqual([1, ""]);
  expect(err).toBe(
    "kinesis-cat: error: not everything was sent: the next unsent record is standard input:1, at byte 0\n" +
      "kinesis-cat: hint: with -resume FILE the same command goes on from there\n" +
      `kinesis-cat: error: records cannot be encrypted with ${arn} (${name})\n` +
      `kinesis-cat: hint: allow kms:GenerateDataKey on ${arn}, and check that it is enabled\n`,
  );
});
