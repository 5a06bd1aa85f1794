import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";
import { root } from "./build/bundle.ts";
import { forbiddenIn, loadedAtStart } from "./budgets/measure.ts";
import { type HotBudget, hotBudgets, type LibraryBudget, libraryBudgets } from "./budgets/table.ts";

// Budgets that do not drift with the machine: bytes and modules. Run `pnpm build` first.
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Prints a line, and gives whether the figure is within its limit. */
function isWithin(name: string, bytes: number, maxBytes: number): boolean {
  const fits = bytes <= maxBytes;
  say(`${fits ? "ok" : "TOO BIG"}  ${name}: ${bytes} of ${maxBytes} bytes`);
  return fits;
}

async function checkHot({ name, metafile, output, maxBytes, forbidden }: HotBudget): Promise<boolean> {
  const text = await readFile(join(root, metafile), "utf8").catch(() => undefined);
  if (text === undefined) {
    say(`MISSING  ${name}: no ${metafile}; run: pnpm build`);
    return false;
  }
  const parsed: Metafile = JSON.parse(text);
  const { bytes, modules } = loadedAtStart(output, parsed);
  const found = forbiddenIn(modules, forbidden);
  for (const module of found) say(`FORBIDDEN  ${name}: loads ${module}; put what needs it behind import()`);
  return isWithin(name, bytes, maxBytes) && found.length === 0;
}

async function checkLibrary({ name, entry, external, maxBytes }: LibraryBudget): Promise<boolean> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    external: [...external],
    write: false,
  });
  return isWithin(name, outputFiles[0]?.contents.length ?? 0, maxBytes);
}

const results = await Promise.all([...hotBudgets.map(checkHot), ...libraryBudgets.map(checkLibrary)]);
process.exitCode = results.every(Boolean) ? 0 : 1;
