import { expect, it } from "vitest";
import { linesOf, scene } from "./support/scene.ts";

it.each<readonly [what: string, argv: readonly string[], sentence: string]>([
  ["no -stream", ["-start=10:00"], "-stream is required"],
  ["a day that there is not", ["-stream=s", "-start=2026-02-30"], '-start "2026-02-30": there is no 2026-02-30'],
  ["a month that there is not", ["-stream=s", "-start=2026-13-01"], '-start "2026-13-01": there is no month 13'],
  ["an hour that there is not", ["-stream=s", "-start=25:00"], '-start "25:00": there is no 25:00:00'],
  ["garbage", ["-stream=s", "-start=garbage"], '-start: "garbage" is not a time'],
  [
    "leftover characters",
    ["-stream=s", "-start=2026-11-23 10:00:00 or so"],
    '-start: only "2026-11-23 10:00:00" can be read, "or so" is left over',
  ],
  ["leftover characters of an end", ["-stream=s", "-end=10mm"], '-end: only "10m" can be read, "m" is left over'],
  ["day or month first", ["-stream=s", "-start=01/02/2026"], '-start "01/02/2026": day and month cannot be told apart'],
  [
    "an end before the start",
    ["-stream=s", "-start=2026-11-23T11:00:00Z", "-end=2026-11-23T10:00:00Z"],
    '-end "2026-11-23T10:00:00Z": 2026-11-23T10:00:00.000Z is before the start, 2026-11-23T11:00:00.000Z',
  ],
  ["a zone that there is not", ["-stream=s", "-start=10:00", "-tz=Asia/Tokio"], '"Asia/Tokio" is not a time zone'],
  ["a mistyped flag", ["-steam=s"], "unknown flag -steam; did you mean -stream?"],
  ["two beginnings", ["-stream=s", "-start=10:00", "-from=horizon"], "-start and -from both say where to begin"],
  ["a stream twice", ["-stream=s,s"], "-stream names a stream twice"],
  ["a checkpoint that is not named", ["-stream=s", "-from=checkpoint"], "-from checkpoint needs -checkpoint FILE"],
  [
    "a size without a unit that we know",
    ["-stream=s", "-memory=64MB"],
    '-memory: expected a size such as 128MiB, of at least 1KiB, got "64MB"',
  ],
  ["no records", ["-stream=s", "-n=0"], '-n: expected a whole number of at least 1, got "0"'],
  ["an operand", ["-stream=s", "docker-logs"], 'unexpected "docker-logs"'],
])("%s is refused before a record is read (exit 2)", async (_what, argv, sentence) => {
  await using world = await scene({ s: {} });
  const { code, out, err } = await world.run(argv);
  expect([code, out, linesOf(err)[0]]).toEqual([2, "", `kinesis-tailf: error: ${sentence}`]);
  expect(world.aws.calls("kinesis:GetRecords")).toEqual([]);
});
