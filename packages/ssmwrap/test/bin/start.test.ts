import { startRehearsal } from "@sukima/rehearsal";
import { expect, it } from "vitest";
import { release, runForm } from "../support/executables.ts";

// Array.prototype.map, filter, some and their like are JavaScript inside the runtime: it compiles each when it is first called, and all of
// them together took a fifteenth of a start. The two that are left are its own entry module (measured on Bun 1.4.5).
// On Linux: where there is no libc that we know, the runtime's own exec does the same in JavaScript.
it.runIf(process.platform === "linux")("a usual start compiles nothing: all that it runs was compiled by the build", async () => {
  await using aws = await startRehearsal({ world: { parameters: { "/p/SECRET": "s3cr3t", "/p/DB_HOST": "db" } } });
  const run = (argv: readonly string[]) => runForm(release, argv, { env: { ...aws.env, BUN_JSC_reportBytecodeCompileTimes: "1" } });
  const { code, err } = await run(["-paths=/p", "--", "true"]);
  expect(code).toBe(0);
  expect(err.match(/^Compiled .*$/gm)).toHaveLength(2);
});
