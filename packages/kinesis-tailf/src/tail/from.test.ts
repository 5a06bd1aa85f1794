import { expect, it } from "vitest";
import { from } from "./from.ts";

const read = (text: string) => from.read(text, "latest", "flag");

it.each([
  ["latest", "latest"],
  ["horizon", "horizon"],
  ["checkpoint", "checkpoint"],
  [
    "seq:3:49590338271490256608559692538361571095921575989136588898",
    { shard: "shardId-000000000003", sequence: "49590338271490256608559692538361571095921575989136588898" },
  ],
  ["seq:shardId-000000000012:7", { shard: "shardId-000000000012", sequence: "7" }],
])("reads %s", (text, expected) => {
  expect(read(text)).toEqual(expected);
});

it.each(["", "now", "seq:", "seq:3", "seq:3:", "seq:3:x", "seq::7", "Latest"])("refuses %j", (text) => {
  expect(() => read(text)).toThrow(`expected latest, horizon, checkpoint or seq:SHARD:NUMBER, got ${JSON.stringify(text)}`);
});
