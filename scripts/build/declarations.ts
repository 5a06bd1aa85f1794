import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "./bundle.ts";

const run = promisify(execFile);

/** `packages/<package>/dist/types/`: the types of a library, for those who import it. */
export async function declareTypes(folder: string): Promise<void> {
  const options = [
    "--declaration",
    "--emitDeclarationOnly",
    "--noEmit",
    "false",
    "--rewriteRelativeImportExtensions",
    "--rootDir",
    "src",
    "--outDir",
    "dist/types",
  ];
  await run(join(root, "node_modules/.bin/tsc"), ["-p", "tsconfig.types.json", ...options], { cwd: join(root, "packages", folder) });
}
