import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { root } from "./bundle.ts";
import type { Target } from "./targets.ts";

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** The bare Bun of this machine, from its npm package. */
export function hostBun(target: Target): string {
  const suffix = target.name.startsWith("windows") ? ".exe" : "";
  return join(dirname(require.resolve(`${target.bunPackage}/package.json`)), "bin", `bun${suffix}`);
}

/**
 * Embed a bundle in a Bun executable. The two autoload flags are mandatory: without them the executable runs code found in the current directory.
 * `runtime` is another platform's Bun for a cross build.
 */
export async function compile(
  bun: string,
  { entry, outfile, shortLived = false }: { readonly entry: string; readonly outfile: string; readonly shortLived?: boolean | undefined },
  cross?: { readonly target: Target; readonly runtime: string },
): Promise<void> {
  await mkdir(dirname(resolve(root, outfile)), { recursive: true });
  const platform = cross === undefined ? [] : [`--target=${cross.target.bunTarget}`, `--compile-executable-path=${cross.runtime}`];
  const options = [
    "--compile",
    "--minify",
    "--bytecode",
    "--format=esm",
    "--splitting",
    "--no-compile-autoload-dotenv",
    "--no-compile-autoload-bunfig",
  ];
  // Measured: 0.3 of an empty executable's time less for a run of ssmwrap.
  const jit = shortLived ? ["--compile-jit-policy=100"] : [];
  await run(bun, ["build", ...options, ...jit, ...platform, entry, "--outfile", outfile], { cwd: root });
}
