import { spawnSync } from "node:child_process";
import { join } from "node:path";

// One program for each tool of the package, one after the other.
for (const program of ["tail.ts", "follow.ts", "cat.ts"]) {
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, program)], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
