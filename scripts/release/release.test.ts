import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { root } from "../build/bundle.ts";
import { bunVersion, targets } from "../build/targets.ts";
import { checkIntegrity, lockedIntegrity } from "./runtime.ts";
import { writeTarball } from "./tarball.ts";
import { wantedTargets } from "./wanted.ts";

const folder = mkdtempSync(join(tmpdir(), "release-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("which targets", () => {
  const names = (argv: readonly string[]): unknown => {
    const wanted = wantedTargets(argv);
    return wanted === "help" ? wanted : wanted.map(({ name }) => name);
  };

  it("are all seven when none is named, else the named ones", () => {
    expect(names([])).toHaveLength(7);
    expect(names(["--target", "windows-x64,linux-arm64"])).toEqual(["linux-arm64", "windows-x64"]);
    expect(names(["--help"])).toBe("help");
  });

  it("are listed when one is not known", () => {
    expect(() => names(["--target", "linux-mips"])).toThrow(
      'unknown target "linux-mips"; known are linux-x64, linux-arm64, linux-x64-musl, linux-arm64-musl, darwin-arm64, darwin-x64, windows-x64',
    );
  });
});

describe("another platform's runtime", () => {
  it("has its integrity in the lockfile, whatever the target", () => {
    const lockfile = readFileSync(join(root, "pnpm-lock.yaml"), "utf8");
    for (const { bunPackage } of targets) expect(lockedIntegrity(lockfile, bunPackage, bunVersion)).toMatch(/^sha512-[\w+/]{86}==$/);
    expect(() => lockedIntegrity(lockfile, "@oven/bun-plan9", bunVersion)).toThrow("not in pnpm-lock.yaml");
  });

  it("is refused when its bytes are not the recorded ones", () => {
    const ofHello = "sha512-m3HSJL1i83hdltRq0+o9czGb+8KJDKra4t/3JRlnPKcjI8PZm6XBHXx6zG4UuMXaDEZjR1wuXDre9G9zvN7AQw==";
    expect(() => checkIntegrity("hello", Buffer.from("hello"), ofHello)).not.toThrow();
    expect(() => checkIntegrity("hello", Buffer.from("hallo"), ofHello)).toThrow("the registry gave sha512-");
  });
});

it("writes a tarball that tar unpacks, with programs that can be run, and the same bytes each time", async () => {
  const program = "x".repeat(1000);
  writeFileSync(join(folder, "in"), program);
  const members = [
    { name: "tool", path: join(folder, "in"), isProgram: true },
    { name: "LICENSE", path: join(root, "LICENSE"), isProgram: false },
  ];
  await writeTarball(join(folder, "a.tar.gz"), members);
  await writeTarball(join(folder, "b.tar.gz"), members);
  expect(readFileSync(join(folder, "a.tar.gz"))).toEqual(readFileSync(join(folder, "b.tar.gz")));
  execFileSync("tar", ["-xpzf", "a.tar.gz"], { cwd: folder });
  expect(readFileSync(join(folder, "tool"), "utf8")).toBe(program);
  expect(readFileSync(join(folder, "LICENSE"))).toEqual(readFileSync(join(root, "LICENSE")));
  expect([statSync(join(folder, "tool")).mode & 0o777, statSync(join(folder, "LICENSE")).mode & 0o777]).toEqual([0o755, 0o644]);
});
