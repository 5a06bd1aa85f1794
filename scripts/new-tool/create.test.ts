import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTool } from "./create.ts";

const root = mkdtempSync(join(tmpdir(), "new-tool-"));
let written: string[];
beforeAll(() => {
  mkdirSync(join(root, "packages/core"), { recursive: true });
  writeFileSync(join(root, "packages/core/package.json"), '{ "version": "1.2.3" }');
  symlinkSync(join(import.meta.dirname, "../../node_modules"), join(root, "node_modules"));
  written = createTool(root, "queue-filler");
});
afterAll(() => rmSync(root, { recursive: true }));

describe("a new tool", () => {
  it("has the files of a package, under its own name and the version that all share", () => {
    expect(written).toEqual([
      "packages/queue-filler/README.md",
      "packages/queue-filler/iam.json",
      "packages/queue-filler/package.json",
      "packages/queue-filler/src/act.ts",
      "packages/queue-filler/src/command.ts",
      "packages/queue-filler/src/main.ts",
      "packages/queue-filler/src/observe.ts",
      "packages/queue-filler/src/plan.test.ts",
      "packages/queue-filler/src/plan.ts",
      "packages/queue-filler/src/tool.ts",
    ]);
    expect(JSON.parse(readFileSync(join(root, "packages/queue-filler/package.json"), "utf8"))).toMatchObject({
      name: "@sukima/queue-filler",
      version: "1.2.3",
      bin: { "queue-filler": "./dist/queue-filler.cjs" },
    });
    const command = readFileSync(join(root, "packages/queue-filler/src/command.ts"), "utf8");
    expect(command).toContain("export const queueFiller = ");
    expect(command).toContain('envPrefix: "QUEUE_FILLER_"');
  });

  it("runs at once", () => {
    const start = 'import { main } from "./packages/queue-filler/src/main.ts";\nawait main(process.argv.slice(1));';
    const run = (...words: readonly string[]): string =>
      execFileSync(process.execPath, ["--input-type=module", "--eval", start, "--", ...words], {
        cwd: root,
        encoding: "utf8",
        env: { AWS_REGION: "eu-west-1" },
      });
    expect(run("-version")).toBe("queue-filler 1.2.3\n");
    expect(run("-dry-run")).toBe("greet eu-west-1\n");
    expect(run()).toBe("hello, eu-west-1\n");
  });

  it.each(["core", "queue-filler"])("does not overwrite the package %s", (name) => {
    expect(() => createTool(root, name)).toThrow(`packages/${name} exists already`);
  });

  it.each(["", "Queue", "queue_filler", "../core", "2nd", "queue-", "a b"])("is not called %j", (name) => {
    expect(() => createTool(root, name)).toThrow("is no name for a tool");
  });
});
