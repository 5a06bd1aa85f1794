import { expect, it } from "vitest";
import type { ProcessTable } from "../checkpoint/process-table.ts";
import { consumerName } from "./consumer-name.ts";
import { type ConsumerNote, isLeftOver, parseNote } from "./consumer-note.ts";
import { noteFolder } from "./note-files.ts";

const note: ConsumerNote = {
  streamArn: "arn:aws:kinesis:eu-west-1:111122223333:stream/logs",
  name: "kinesis-tailf-laptop-7",
  arn: null,
  host: "laptop",
  pid: 7,
  started: "noon",
};
const other = "arn:aws:kinesis:eu-west-1:111122223333:stream/other";
const nobody: ProcessTable = { pid: 9, startOf: () => undefined };
const running = (started: string): ProcessTable => ({ pid: 9, startOf: () => started });

it.each([
  ["of a process that is gone", note, other, nobody, true],
  ["of a process whose number belongs to another one now", note, other, running("one o'clock"), true],
  ["of a running process", note, other, running("noon"), false],
  ["of another machine", { ...note, host: "desktop" }, other, nobody, false],
  ["of another account", note, other.replace("1111", "9999"), nobody, false],
  ["of another region", note, other.replace("eu", "us"), nobody, false],
])("a consumer %s is left over or not", (_what, subject, streamArn, processes, expected) => {
  expect(isLeftOver(subject, streamArn, "laptop", processes)).toBe(expected);
});

it("a note reads back as it was written, and nothing else is one", () => {
  expect([note, { ...note, arn: "arn:c" }].map((each) => parseNote(JSON.stringify(each)))).toEqual([note, { ...note, arn: "arn:c" }]);
  const broken = [1, null, {}, { ...note, pid: "7" }, { ...note, arn: 5 }, { ...note, host: undefined }];
  expect(broken.map((each) => parseNote(JSON.stringify(each)))).toEqual(broken.map(() => undefined));
});

it.each([
  [{ XDG_STATE_HOME: "/s", HOME: "/h" }, "/s/sukima/kinesis-consumers"],
  [{ XDG_STATE_HOME: "relative", HOME: "/h" }, "/h/.local/state/sukima/kinesis-consumers"],
  [{ XDG_STATE_HOME: "", HOME: "/h" }, "/h/.local/state/sukima/kinesis-consumers"],
  [{ HOME: "" }, undefined],
  [{}, undefined],
])("with %j notes lie in %s", (env, folder) => {
  expect(noteFolder(env)).toBe(folder);
});

it.each([
  ["laptop", 7, 0, 0, "kinesis-tailf-laptop-7"],
  ["mäc book.local", 7, 0, 0, "kinesis-tailf-m-c-book.local-7"],
  ["laptop", 7, 1, 0, "kinesis-tailf-laptop-7-0000"],
  ["laptop", 7, 2, 0.999999, "kinesis-tailf-laptop-7-zzzy"],
  ["h".repeat(200), 12345, 0, 0, `kinesis-tailf-${"h".repeat(108)}-12345`],
])("the consumer of %s, process %i, after %i taken names (random %d) is %s", (host, pid, tries, random, name) => {
  expect(consumerName(host, pid, tries, random)).toBe(name);
});
