import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startRehearsal } from "@sukima/rehearsal";
import { expect, it } from "vitest";
import { run } from "../support/in-process.ts";

const policy: { actions: string[] }[] = JSON.parse(readFileSync(join(import.meta.dirname, "../../iam.json"), "utf8"));

it("calls exactly the actions of the README's policy", async () => {
  await using aws = await startRehearsal({ world: { parameters: { "/p/a": "1", "/p/b": "2" }, secrets: { one: "1", two: "2" } } });
  for (const argv of [
    ["-paths=/p"],
    ["-names=/p/a"],
    ["-file", "path=/p/b,to=/x"],
    ["-env", "path=sm://one"],
    ["-env", "path=sm://one", "-env", "path=sm://two"],
    ["-role-arn=arn:aws:iam::123456789012:role/app", "-paths=/p"],
  ]) {
    expect((await run(aws, ["-check", ...argv])).code).toBe(0);
  }
  const called = new Set(aws.journal.map(({ service, operation }) => `${service}:${operation}`));
  // Decryption happens inside the services, so no request of ours shows it.
  const allowed = new Set(policy.flatMap(({ actions }) => actions).filter((action) => action !== "kms:Decrypt"));
  expect([...called].sort()).toEqual([...allowed].sort());
});
