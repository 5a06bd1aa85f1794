import { join } from "node:path";
import { createTool } from "./new-tool/create.ts";

const [name, ...rest] = process.argv.slice(2);

const usage = "usage: pnpm new:tool NAME\n";

function run(): number {
  if (name === "--help" || name === "-h") {
    process.stdout.write(usage);
    return 0;
  }
  if (name === undefined || rest.length > 0) {
    process.stderr.write(usage);
    return 2;
  }
  try {
    for (const path of createTool(join(import.meta.dirname, ".."), name)) process.stdout.write(`wrote ${path}\n`);
  } catch (error) {
    process.stderr.write(`new:tool: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
  process.stdout.write(`
Next:
  1. write the first screen of packages/${name}/README.md and its table of the original's commands, before code
  2. list the executable in scripts/build/targets.ts, and the tool in packages/sukima
  3. add the API actions it needs to rehearsal, and @sukima/rehearsal to its devDependencies with the first command test
  4. npx -y pnpm@12 install && npx -y pnpm@12 docs:build
  5. npx -y pnpm@12 test packages/${name}
`);
  return 0;
}

process.exitCode = run();
