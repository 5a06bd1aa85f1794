import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

// The repository's optional dependencies bring Bun for Linux only; elsewhere there is nothing to build the fixture with.
const bun = findBun(`@oven/bun-linux-${process.arch === "arm64" ? "aarch64" : "x64-baseline"}`);

function findBun(name: string): string | undefined {
  try {
    const path = join(dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`))), "bin/bun");
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** What has to work whatever stack the runtime has: programs and what they print, or how their error begins. */
const cases: readonly (readonly [string, readonly string[], string])[] = [
  ["local f(n) = if n == 0 then 0 else 1 + f(n - 1); f(1000)", ["-s", "5000"], "1000\n"],
  ["local f(n) = if n == 0 then 0 else 1 + f(n - 1); f(100000)", ["-s", "1000000"], "100000\n"],
  ["local f(n, a) = if n == 0 then a else f(n - 1, a + 1) tailstrict; f(20000, 0)", [], "20000\n"],
  ["local f(n) = { v: if n == 0 then 0 else f(n - 1).v + 1 }; f(20000).v", ["-s", "1000000"], "20000\n"],
  ["local f(n) = if n == 0 then 0 else 1 + f(n - 1); f(600)", [], "RUNTIME ERROR: max stack frames exceeded.\n"],
  ["local f(n) = if n == 0 then 0 else std.foldl(function(a, x) a + f(n - 1), [1], 1); f(20000)", ["-s", "1000000"], "20000\n"],
  ["local f(n) = std.any([f(n + 1)]); f(0)", ["-s", "10000000"], "RUNTIME ERROR: max stack frames exceeded.\n"],
  ["local a = [a]; a", [], "RUNTIME ERROR: max stack frames exceeded.\n"],
  [`${"[".repeat(490)}1${"]".repeat(490)}[0]`, [], "[\n"],
  ["[".repeat(100_000), [], "STATIC ERROR: <stdin>:1:501-502 Exceeded maximum parse depth limit.\n"],
];

describe.runIf(bun !== undefined)("as an executable of Bun", () => {
  let directory = "";
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "jsonnet-bun-"));
    const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
    const flags = ["--compile", "--minify", "--bytecode", "--format=esm", "--no-compile-autoload-dotenv", "--no-compile-autoload-bunfig"];
    execFileSync(bun ?? "", ["build", ...flags, main, "--outfile", join(directory, "jsonnet")], { cwd: directory, stdio: "pipe" });
  }, 60_000);
  afterAll(() => rmSync(directory, { recursive: true }));

  it.each(cases)("%.60s %j", (code, flags, start) => {
    const { stdout, stderr } = spawnSync(join(directory, "jsonnet"), [...flags, "-"], { input: code, encoding: "utf8" });
    expect((stdout || stderr).slice(0, start.length)).toBe(start);
  });
});

describe("as a program of Node with its stack of 1 MB", () => {
  it.each(cases)("%.60s %j", (code, flags, start) => {
    const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
    const { stdout, stderr } = spawnSync(process.execPath, [main, ...flags, "-"], { input: code, encoding: "utf8" });
    expect((stdout || stderr).slice(0, start.length)).toBe(start);
  });

  it("dies quietly when its reader goes away", () => {
    const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
    const command = `"${process.execPath}" "${main}" -e 'std.range(1, 200000)' | head -1`;
    expect(spawnSync("sh", ["-c", command], { encoding: "utf8" })).toMatchObject({ stdout: "[\n", stderr: "" });
  });
});
