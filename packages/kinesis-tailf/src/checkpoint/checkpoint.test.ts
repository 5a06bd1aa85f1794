import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Checkpoint } from "./checkpoint.ts";
import { readCheckpoint, writeCheckpoint } from "./checkpoint-file.ts";
import { type CheckpointFiles, diskFiles } from "./disk-files.ts";
import { CheckpointKeeper } from "./keeper.ts";
import { lockCheckpoint } from "./lock.ts";
import { type ProcessTable, processTable } from "./process-table.ts";

let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "checkpoint-"));
  path = join(folder, "app.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

const files = diskFiles(100);

const stream = { streamArn: "arn:aws:kinesis:ap-northeast-1:123456789012:stream/app", createdMs: Date.parse("2026-01-02T03:04:05.678Z") };

const checkpoint: Checkpoint = {
  ...stream,
  shards: new Map([
    ["shardId-000000000000", { sequence: "4961", sub: 3, state: "reading", timeMs: Date.parse("2026-11-23T01:00:00.250Z") }],
    ["shardId-000000000001", { sequence: null, sub: null, state: "drained", timeMs: 0 }],
  ]),
};

describe("a checkpoint file", () => {
  it("has the members that the documentation names", () => {
    writeCheckpoint(path, checkpoint, files);
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({
      version: 1,
      streamArn: "arn:aws:kinesis:ap-northeast-1:123456789012:stream/app",
      created: "2026-01-02T03:04:05.678Z",
      shards: {
        "shardId-000000000000": { seq: "4961", sub: 3, state: "reading", time: "2026-11-23T01:00:00.250Z" },
        "shardId-000000000001": { seq: null, sub: null, state: "drained", time: "1970-01-01T00:00:00.000Z" },
      },
    });
    expect(readdirSync(folder)).toEqual(["app.json"]);
  });

  it("reads back as it was written", () => {
    writeCheckpoint(path, checkpoint, files);
    expect(readCheckpoint(path, stream, files)).toEqual(checkpoint);
  });

  it("may be missing", () => {
    expect(readCheckpoint(path, stream, files)).toBeUndefined();
  });

  it("that is cut anywhere is refused, and left as it is", () => {
    writeCheckpoint(path, checkpoint, files);
    const whole = readFileSync(path, "utf8").trimEnd();
    fc.assert(
      fc.property(fc.nat(whole.length - 1), (length) => {
        writeFileSync(path, whole.slice(0, length));
        expect(() => readCheckpoint(path, stream, files)).toThrow(
          expect.objectContaining({ exit: 1, message: `${path}: this is no checkpoint, or it is cut short` }),
        );
        expect(readFileSync(path, "utf8")).toBe(whole.slice(0, length));
      }),
      { numRuns: 30 },
    );
  });

  const content = { version: 1, streamArn: stream.streamArn, created: "2026-01-02T03:04:05.678Z", shards: {} };
  const position = { seq: "1", sub: null, state: "reading", time: "2026-11-23T01:00:00Z" };

  it.each([
    [[], "this is no checkpoint"],
    [{ ...content, version: 2 }, "this is version 2 of a checkpoint, and version 1 is needed"],
    [{}, "this is version undefined of a checkpoint, and version 1 is needed"],
    [{ ...content, shards: [] }, "this checkpoint is damaged: it does not name its stream and shards"],
    [{ ...content, created: "then" }, "this checkpoint is damaged: it does not name its stream and shards"],
    [{ ...content, shards: { a: 1 } }, "this checkpoint is damaged at a"],
    [{ ...content, shards: { a: { ...position, seq: "LATEST" } } }, "this checkpoint is damaged at a"],
    [{ ...content, shards: { a: { ...position, sub: -1 } } }, "this checkpoint is damaged at a"],
    [{ ...content, shards: { a: { ...position, seq: null, sub: 1 } } }, "this checkpoint is damaged at a"],
    [{ ...content, shards: { a: { ...position, state: "failed" } } }, "this checkpoint is damaged at a"],
    [{ ...content, shards: { a: { ...position, time: 5 } } }, "this checkpoint is damaged at a"],
    [{ ...content, streamArn: "arn:other" }, `belongs to arn:other, not to ${stream.streamArn}`],
    [{ ...content, created: "2025-01-01T00:00:00Z" }, "belongs to an earlier stream of the same name, which was deleted"],
  ])("is refused as %j", (value, problem) => {
    writeFileSync(path, JSON.stringify(value));
    const message = problem.startsWith("this") ? `${path}: ${problem}` : `${path} ${problem}`;
    expect(() => readCheckpoint(path, stream, files)).toThrow(expect.objectContaining({ exit: 1, message }));
  });

  it("in a place that cannot be written is an error that names it", () => {
    const elsewhere = join(folder, "missing", "app.json");
    expect(() => writeCheckpoint(elsewhere, checkpoint, files)).toThrow(
      expect.objectContaining({ exit: 1, message: `${elsewhere}: the checkpoint or its lock cannot be read or written (ENOENT)` }),
    );
  });

  it("stays whole when its replacement fails", () => {
    writeCheckpoint(path, checkpoint, files);
    const before = readFileSync(path, "utf8");
    // A directory of the temporary file's name stands in for a full or broken disk.
    mkdirSync(`${path}.100.tmp`);
    expect(() => writeCheckpoint(path, { ...checkpoint, shards: new Map() }, files)).toThrow("EISDIR)");
    expect(readFileSync(path, "utf8")).toBe(before);
  });
});

describe("CheckpointKeeper", () => {
  it("writes at most once a second, and the rest when it is flushed", () => {
    const written: string[] = [];
    const counting: CheckpointFiles = { ...files, replace: (_, text) => void written.push(/"seq":"(\d+)"/.exec(text)?.[1] ?? "") };
    let nowMs = 5;
    const keeper = new CheckpointKeeper(path, counting, () => nowMs);
    const note = (sequence: string): void =>
      keeper.note({ ...stream, shards: new Map([["a", { sequence, sub: null, state: "reading", timeMs: 0 }]]) });
    note("1");
    nowMs = 1_004;
    note("2");
    expect(written).toEqual(["1"]);
    nowMs = 1_005;
    note("3");
    note("4");
    expect(written).toEqual(["1", "3"]);
    keeper.flush();
    keeper.flush();
    expect(written).toEqual(["1", "3", "4"]);
  });
});

/** A machine on which these processes run. */
const machine = (pid: number, running: Readonly<Record<number, string>>): ProcessTable => ({ pid, startOf: (each) => running[each] });

describe("the lock of a checkpoint", () => {
  const both = { 100: "noon", 200: "one" };

  it("keeps a second process out until the first lets go", () => {
    const release = lockCheckpoint(path, files, machine(100, both));
    expect(() => lockCheckpoint(path, diskFiles(200), machine(200, both))).toThrow(
      expect.objectContaining({ exit: 1, message: `${path} is in use by process 100` }),
    );
    release();
    expect(readdirSync(folder)).toEqual([]);
    lockCheckpoint(path, diskFiles(200), machine(200, both));
    expect(readFileSync(`${path}.lock`, "utf8")).toBe('{"pid":200,"started":"one"}\n');
  });

  it.each([
    ["whose process is gone", { 200: "one" }],
    ["whose process number belongs to another one now", { 100: "two", 200: "one" }],
  ])("%s is taken over", (_, running) => {
    lockCheckpoint(path, files, machine(100, both));
    const release = lockCheckpoint(path, diskFiles(200), machine(200, running));
    expect(readdirSync(folder)).toEqual(["app.json.lock"]);
    release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("that cannot be read is taken over", () => {
    writeFileSync(`${path}.lock`, "{");
    lockCheckpoint(path, diskFiles(200), machine(200, both));
    expect(readFileSync(`${path}.lock`, "utf8")).toBe('{"pid":200,"started":"one"}\n');
  });

  it("that another process has taken over is not removed by the first", () => {
    const release = lockCheckpoint(path, files, machine(100, both));
    lockCheckpoint(path, diskFiles(200), machine(200, { 200: "one" }));
    release();
    expect(readdirSync(folder)).toEqual(["app.json.lock"]);
  });

  it("goes to one of two processes that find the same stale one", () => {
    writeFileSync(`${path}.lock`, "stale");
    const fast = machine(100, both);
    // The slow process has read the stale lock; before it can move it, the fast one takes over.
    let isBeaten = false;
    const slow: CheckpointFiles = {
      ...diskFiles(200),
      move(from, to) {
        if (!isBeaten) lockCheckpoint(path, files, fast);
        isBeaten = true;
        return files.move(from, to);
      },
    };
    expect(() => lockCheckpoint(path, slow, machine(200, both))).toThrow("is in use by process 100");
    expect(readdirSync(folder)).toEqual(["app.json.lock"]);
  });

  it("in a place that cannot be written is an error that names it", () => {
    const elsewhere = join(folder, "missing", "app.json");
    expect(() => lockCheckpoint(elsewhere, files, machine(100, both))).toThrow(`${elsewhere}.lock: `);
  });
});

describe("processTable", () => {
  it.each([process.platform, "other"])("on %s tells running processes from others", (platform) => {
    const table = processTable(process.pid, platform);
    const gone = spawnSync(process.execPath, ["-e", ""]).pid;
    expect(table.startOf(process.pid)).toBe(table.startOf(process.pid));
    expect([table.startOf(process.pid) === undefined, table.startOf(gone) === undefined]).toEqual([false, true]);
  });

  it("on Linux tells two processes apart", () => {
    const { startOf } = processTable(process.pid, "linux");
    expect(startOf(process.pid) === startOf(1)).toBe(process.platform !== "linux");
  });
});
