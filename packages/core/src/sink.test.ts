import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ToolError } from "./error.ts";
import { fdSink, forgivingSink, ReaderGone, type Sink } from "./sink.ts";

// What needs a real pipe (a reader that has gone, a pipe that is full) is in test/process.test.ts.
const folder = mkdtempSync(join(tmpdir(), "sukima-sink-"));
afterAll(() => rmSync(folder, { recursive: true }));

function withFile(path: string, use: (fd: number) => void): void {
  const fd = openSync(path, "w");
  try {
    use(fd);
  } finally {
    closeSync(fd);
  }
}

describe("a sink over a descriptor", () => {
  it("writes everything, in order, as UTF-8", () => {
    const path = join(folder, "text");
    withFile(path, (fd) => {
      const sink = fdSink(fd, () => false);
      for (const text of ["", "隙間\n", "x".repeat(100_000), "\n"]) sink.write(text);
    });
    expect(readFileSync(path, "utf8")).toBe(`隙間\n${"x".repeat(100_000)}\n`);
  });

  it("asks whether it is a terminal only when somebody wants to know", () => {
    const asked: number[] = [];
    const sink = fdSink(7, (fd) => asked.push(fd) > 0);
    expect(asked).toEqual([]);
    expect([sink.isTerminal, asked]).toEqual([true, [7]]);
  });

  // Only Linux has /dev/full.
  it.runIf(process.platform === "linux")("explains that a disk is full", () => {
    withFile("/dev/full", (fd) => {
      expect(() => fdSink(fd, () => false).write("x")).toThrow(
        expect.objectContaining({ code: "WRITE_FAILED", exit: 1, message: `cannot write to descriptor ${fd} (ENOSPC)` }),
      );
    });
  });
});

describe("a forgiving sink", () => {
  const failing = (error: Error): Sink => ({
    isTerminal: true,
    write() {
      throw error;
    },
  });

  it("drops what cannot be kept and what nobody reads, and hides no bug", () => {
    expect(() => forgivingSink(failing(new ToolError("WRITE_FAILED", "full"))).write("x")).not.toThrow();
    expect(() => forgivingSink(failing(new ReaderGone())).write("x")).not.toThrow();
    expect(() => forgivingSink(failing(new TypeError("x"))).write("x")).toThrow(TypeError);
  });

  it("is a terminal when the other one is", () => expect(forgivingSink(failing(new Error("x"))).isTerminal).toBe(true));
});
