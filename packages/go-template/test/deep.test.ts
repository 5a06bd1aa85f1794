import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const program = fileURLToPath(new URL("deep-program.ts", import.meta.url));
const allWork = "text text text text error\n";
const run = (...flags: string[]): string => execFileSync(process.execPath, [...flags, program], { encoding: "utf8" });

/** The Bun that builds the release form, if this platform has one installed. */
const bun = ["linux-x64-baseline", "linux-aarch64", "darwin-aarch64", "darwin-x64-baseline"]
  .map((platform) => fileURLToPath(new URL(`../../../node_modules/@oven/bun-${platform}/bin/bun`, import.meta.url)))
  .find(existsSync);

it("templates nested as deep as allowed work on the default stack", () => {
  expect(run()).toBe(allWork);
});

it("half of the default stack is enough for them", () => {
  expect(run("--stack-size=492")).toBe(allWork);
});

it("a stack that is too small gives errors of ours, no RangeError", () => {
  expect(run("--stack-size=80")).toMatch(/^(text |error )+error\n$/);
  expect(run("--stack-size=80")).toContain("error error");
});

// Only the platforms of the release have a Bun on npm.
it.skipIf(bun === undefined)("the same holds in a compiled Bun executable", { timeout: 20_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "go-template-"));
  try {
    const executable = join(folder, "deep");
    execFileSync(bun ?? "", ["build", "--compile", "--outfile", executable, program], { stdio: "pipe", cwd: folder });
    expect(execFileSync(executable, { encoding: "utf8" })).toBe(allWork);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
