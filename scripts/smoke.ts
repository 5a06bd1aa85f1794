import { spawn, spawnSync } from "node:child_process";
import { join, resolve } from "node:path";

// `node scripts/smoke.ts [program]`: does a built ssmwrap run here? The npm form on the running Node, unless another program is named.
// It imports nothing but Node's own, so that CI runs it on any Node with the built files alone.
const root = join(import.meta.dirname, "..");
const [program] = process.argv.slice(2);
const ssmwrap = program === undefined ? [process.execPath, join(root, "packages/ssmwrap/dist/ssmwrap.cjs")] : [resolve(program)];

/** What a program printed. Throws when it failed. */
function outputOf([command = "", ...words]: readonly string[]): string {
  const { status, signal, stdout, stderr, error } = spawnSync(command, words, { encoding: "utf8", timeout: 30_000 });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ${words.join(" ")} ended with ${signal ?? status}:\n${stdout}${stderr}`);
  return stdout;
}

/** Calls back with the `export NAME=VALUE` lines of a running rehearsal, and stops it whatever happens. */
async function withRehearsal(use: (exports: string) => void): Promise<void> {
  const child = spawn(process.execPath, [join(root, "packages/rehearsal/dist/rehearsal.mjs"), "up"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    let exports = "";
    for await (const text of child.stdout.setEncoding("utf8")) {
      exports += String(text);
      if (exports.endsWith("\n\n")) break;
    }
    if (exports === "") throw new Error("rehearsal did not start");
    use(exports);
  } finally {
    child.kill("SIGTERM");
  }
}

process.stdout.write(outputOf([...ssmwrap, "-version"]));
await withRehearsal((exports) => {
  // The lines are quoted for a shell, so a shell reads them.
  const words = [...ssmwrap, "-paths=/prod/", "--", process.execPath, "-p", "process.env.DB_HOST"];
  const host = outputOf(["sh", "-c", `${exports}\nexec "$@"`, "sh", ...words]).trim();
  if (host === "" || host === "undefined") throw new Error("DB_HOST was not set");
  process.stdout.write(`/prod/DB_HOST became DB_HOST=${host}\n`);
});
