import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { generate } from "./docs/generate.ts";

// `pnpm docs:build` writes what is generated; with --check it only says which files differ.
const root = join(import.meta.dirname, "..");
const isCheck = process.argv.includes("--check");
const { files, problems } = await generate(root);

const complaints = [...problems];
for (const [path, text] of files) {
  const before = await readFile(join(root, path), "utf8").catch(() => undefined);
  if (before === text) continue;
  if (isCheck) {
    complaints.push(`${path}: ${before === undefined ? "missing" : "not up to date"}; run: pnpm docs:build`);
    continue;
  }
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
  process.stdout.write(`wrote ${path}\n`);
}
for (const complaint of complaints) process.stdout.write(`${complaint}\n`);
process.exitCode = complaints.length === 0 ? 0 : 1;
