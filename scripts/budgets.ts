import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { root } from "./build/bundle.ts";
import { forbiddenIn, loadedAtStart } from "./budgets/measure.ts";
import { type Budget, budgets } from "./budgets/table.ts";

// Budgets that do not drift with the machine: bytes and modules. Run `pnpm build` first.
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Prints a line for each thing that is wrong, or one that says how much is used; gives whether all is well. */
async function isKept({ name, metafile, output, maxBytes, forbidden }: Budget): Promise<boolean> {
  const text = await readFile(join(root, metafile), "utf8").catch(() => undefined);
  if (text === undefined) {
    say(`MISSING  ${name}: no ${metafile}; run: pnpm build`);
    return false;
  }
  const parsed: Metafile = JSON.parse(text);
  const { bytes, modules } = loadedAtStart(output, parsed);
  const found = forbiddenIn(modules, forbidden);
  for (const module of found) say(`FORBIDDEN  ${name}: loads ${module}; put what needs it behind import()`);
  const fits = bytes <= maxBytes;
  say(`${fits ? "ok" : "TOO BIG"}  ${name}: ${bytes} of ${maxBytes} bytes`);
  return fits && found.length === 0;
}

const results = await Promise.all(budgets.map(isKept));
process.exitCode = results.every(Boolean) ? 0 : 1;
