import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { instantClock } from "@sukima/core/testing";
import { expect, it } from "vitest";
import { byteWriter } from "./byte-writer.ts";

it("writes pages in the order in which they were given, whole", async () => {
  const folder = mkdtempSync(join(tmpdir(), "byte-writer-"));
  const path = join(folder, "out");
  const fd = openSync(path, "w");
  try {
    const { write } = byteWriter(fd, instantClock());
    await Promise.all([write(Buffer.alloc(3_000_000, "a")), write(Buffer.from("b")), write(Buffer.alloc(0)), write(Buffer.from("c"))]);
    expect(readFileSync(path, "latin1").replace(/a+/, "A")).toBe("Abc");
  } finally {
    closeSync(fd);
    rmSync(folder, { recursive: true });
  }
});

it("says that the disk is full, with the descriptor", async () => {
  const fd = openSync("/dev/full", "w");
  try {
    await expect(byteWriter(fd, instantClock()).write(Buffer.from("x"))).rejects.toMatchObject({ code: "WRITE_FAILED" });
  } finally {
    closeSync(fd);
  }
});
