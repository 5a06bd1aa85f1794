import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

const sukima = join(import.meta.dirname, "../../../dist/bin/sukima");
const text = (program: string, ...argv: string[]): string =>
  execFileSync(program, argv, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

it("runs a tool named by the first argument", () => expect(text(sukima, "ssmwrap", "-version")).toMatch(/^ssmwrap \d/));

it("runs the tool whose name it is linked as", () => {
  const folder = mkdtempSync(join(tmpdir(), "sukima-"));
  try {
    symlinkSync(sukima, join(folder, "ssmwrap"));
    expect(text(join(folder, "ssmwrap"), "-version")).toMatch(/^ssmwrap \d/);
    expect(text(join(folder, "ssmwrap"), "-paths=", "--", "echo", "ssmwrap")).toBe("ssmwrap\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it("lists the tools with --help, and exits 2 without one", () => {
  expect(text(sukima, "--help")).toContain("  ssmwrap  ");
  const { status, stdout, stderr } = spawnSync(sukima, ["nosuch"], { encoding: "utf8" });
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toContain('there is no tool "nosuch"');
});
