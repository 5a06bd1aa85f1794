import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../build/bundle.ts";
import { bunVersion, type Target } from "../build/targets.ts";

const run = promisify(execFile);
const cache = join(root, "node_modules/.cache/bun");

/** The integrity (`sha512-...`) that pnpm recorded for a package in its lockfile. Throws when it is not there. */
export function lockedIntegrity(lockfile: string, name: string, version: string): string {
  const entry = `'${name}@${version}':\n    resolution: {integrity: `;
  const at = lockfile.indexOf(entry);
  if (at < 0) throw new Error(`${name}@${version} is not in pnpm-lock.yaml; list it in optionalDependencies and install`);
  return lockfile.slice(at + entry.length).split(/[},]/, 1)[0] ?? "";
}

/** Throws unless the bytes are those that the integrity was made from. */
export function checkIntegrity(name: string, bytes: Uint8Array, integrity: string): void {
  const found = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
  if (found !== integrity) throw new Error(`${name}: expected ${integrity}, the registry gave ${found}`);
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** The bare Bun of a target: from the cache, or from its npm package when the bytes are those that the lockfile names. */
export async function runtimeFor(target: Target): Promise<string> {
  const binary = target.name.startsWith("windows") ? "bun.exe" : "bun";
  const home = join(cache, `${target.name}-${bunVersion}`);
  if (await exists(join(home, binary))) return join(home, binary);
  const { bunPackage } = target;
  const integrity = lockedIntegrity(await readFile(join(root, "pnpm-lock.yaml"), "utf8"), bunPackage, bunVersion);
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, "download-"));
  try {
    await run("npm", ["pack", `${bunPackage}@${bunVersion}`, "--pack-destination", work, "--silent"], { cwd: work });
    const tarball = join(work, `${bunPackage.replace("@", "").replace("/", "-")}-${bunVersion}.tgz`);
    checkIntegrity(bunPackage, await readFile(tarball), integrity);
    await run("tar", ["-xzf", tarball, "-C", work]);
    // A rename is all or nothing: an interrupted run leaves no half runtime in the cache.
    await rename(join(work, "package/bin"), home);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return join(home, binary);
}
