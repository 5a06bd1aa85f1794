import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile, hostBun } from "./build/compile.ts";
import { hostTarget } from "./build/targets.ts";

// `node scripts/build-empty.ts OUTFILE`: an executable that does nothing, made by the build's own flags. The floor that benches compare with.
const [outfile = "dist/empty"] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), "sukima-empty-"));
await writeFile(join(folder, "empty.js"), "export {};\n");
await compile(hostBun(hostTarget()), { entry: join(folder, "empty.js"), outfile, shortLived: true });
await rm(folder, { recursive: true });
