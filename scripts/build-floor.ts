import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { compile, hostBun } from "./build/compile.ts";
import { hostTarget } from "./build/targets.ts";

// `node scripts/build-floor.ts OUTFILE [ENTRY]`: what benches compare with, made by the build's own flags: the program of one file, or one that does nothing.
const [outfile = "dist/empty", entry] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), "sukima-floor-"));
const bundle = join(folder, "floor.js");
if (entry === undefined) await writeFile(bundle, "export {};\n");
else await build({ entryPoints: [resolve(entry)], outfile: bundle, bundle: true, platform: "node", format: "esm", minify: true });
// A program that does nothing ends as soon as ssmwrap does.
await compile(hostBun(hostTarget()), { entry: bundle, outfile, shortLived: entry === undefined });
await rm(folder, { recursive: true });
