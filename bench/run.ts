import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "..");
const programs = globSync("packages/*/bench/run.ts", { cwd: root }).sort();
const wanted = process.argv.slice(2);
const chosen = programs.filter((program) => wanted.length === 0 || wanted.some((name) => dirname(program).includes(`/${name}/`)));

if (chosen.length === 0) {
  process.stderr.write(`no such bench; there are ${programs.map((program) => program.split("/")[1]).join(", ")}\n`);
  process.exit(2);
}
// One after the other: they would disturb each other's times.
for (const program of chosen) {
  process.stdout.write(`\n${program}\n`);
  const { status } = spawnSync(process.execPath, [join(root, program)], { stdio: "inherit" });
  if (status !== 0) process.exit(1);
}
