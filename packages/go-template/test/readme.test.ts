import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const examples = Array.from(readme.matchAll(/```ts\n(.*?)```/gs), ([, code]) => code ?? "");

it("has three examples", () => {
  expect(examples).toHaveLength(3);
});

it.each(examples)("prints what the README says: %#", (code) => {
  const promised = /console\.log\(.*\); \/\/ (.*)$/m.exec(code)?.[1];
  const printed = execFileSync(process.execPath, ["--input-type=module-typescript", "--eval", code], { cwd: root, encoding: "utf8" });
  expect(printed.trim()).toBe(promised?.trim());
});
