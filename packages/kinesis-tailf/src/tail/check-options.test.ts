import { execute, isToolError } from "@sukima/core";
import { testContext } from "@sukima/core/testing";
import { expect, it } from "vitest";
import { streamsOf } from "./check-options.ts";
import { kinesisTailf } from "./command.ts";

/** The streams of a command line, or the sentence that refuses it. */
async function read(...argv: string[]): Promise<readonly string[] | string> {
  let result: readonly string[] | string = "";
  const run = async (values: Parameters<typeof streamsOf>[0]): Promise<number> => {
    try {
      result = streamsOf(values);
    } catch (error) {
      if (!isToolError(error)) throw error;
      result = error.message;
    }
    return 0;
  };
  await execute({ ...kinesisTailf, run }, "0", argv, testContext({}));
  return result;
}

it.each<[readonly string[], readonly string[] | string]>([
  [["-stream=a"], ["a"]],
  [["-stream=a,arn:aws:kinesis:eu-west-1:123456789012:stream/b,"], ["a", "arn:aws:kinesis:eu-west-1:123456789012:stream/b"]],
  [["-stream=a,arn:aws:kinesis:eu-west-1:123456789012:b"], "-stream: arn:aws:kinesis:eu-west-1:123456789012:b is no ARN of a stream"],
  [["-stream=arn:aws:kinesis::123456789012:stream/b"], "-stream: arn:aws:kinesis::123456789012:stream/b is no ARN of a stream"],
  [[], "-stream is required"],
  [["-stream=,"], "-stream is required"],
  [["-stream=a,b,a"], "-stream names a stream twice"],
  [["-stream=a,file:///x"], "a dump is read alone, without other streams"],
  [["-stream=a", "-from=checkpoint"], "-from checkpoint needs -checkpoint FILE"],
  [["-stream=a,b", "-checkpoint=f"], "-checkpoint keeps the position of one stream"],
  [["-stream=file:///x", "-checkpoint=f"], "-checkpoint keeps the position of one stream"],
  [["-stream=a,b", "-from=seq:0:49"], "-from seq names a shard of one stream"],
  [["-stream=a", "-consumer=c"], "-consumer is for -efu"],
  [["-stream=a,b", "-efu", "-consumer=c"], "-consumer names a consumer of one stream"],
  [["-stream=file:///x", "-efu"], "a dump is read without -efu"],
  [["-stream=a", "-order-window=1s"], "-order-window is for -order time"],
  [["-stream=a", "-template={{.data}}"], "-template is for -o template"],
  [["-stream=a", "-order=time", "-out={shard}.log"], "-order time merges shards, and {shard} in -out parts them"],
])("%j is read, or refused with what contradicts itself: %j", async (argv, expected) => {
  expect(await read(...argv)).toEqual(expected);
});
