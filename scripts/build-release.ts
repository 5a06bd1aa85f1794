import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Metafile } from "esbuild";
import { bundleForBun, root } from "./build/bundle.ts";
import { compile, hostBun } from "./build/compile.ts";
import { thirdPartyNotices } from "./build/notices.ts";
import { executables, type Executable, hostTarget, type Target } from "./build/targets.ts";
import { runtimeFor } from "./release/runtime.ts";
import { writeTarball } from "./release/tarball.ts";
import { usage, wantedTargets } from "./release/wanted.ts";

const out = "dist/release";
const bundleFolder = "dist/release-bundle";

interface Bundle extends Executable {
  readonly entry: string;
  readonly version: string;
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function versionOf(folder: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(root, `packages/${folder}/package.json`), "utf8"));
  if (typeof manifest !== "object" || manifest === null || !("version" in manifest)) throw new Error(`packages/${folder} has no version`);
  return String(manifest.version);
}

async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(join(root, out, file)), hash);
  return hash.digest("hex");
}

/** An executable's bundle is the same for every target: Bun's own code is what differs. */
async function bundleAll(): Promise<{ readonly bundles: readonly Bundle[]; readonly metafiles: readonly Metafile[] }> {
  const built = await Promise.all(
    executables.map(async (executable) => {
      const { entry, metafile } = await bundleForBun(executable, `${bundleFolder}/${executable.name}`);
      return { bundle: { ...executable, entry, version: await versionOf(executable.package) }, metafile };
    }),
  );
  return { bundles: built.map(({ bundle }) => bundle), metafiles: built.map(({ metafile }) => metafile) };
}

/** Build one executable and its tarball. Gives the files written, from `dist/release`. */
async function buildOne(bundle: Bundle, target: Target, host: Target): Promise<string[]> {
  const program = `${bundle.name}${target.name.startsWith("windows") ? ".exe" : ""}`;
  const file = `${target.name}/${program}`;
  const tarball = `${bundle.name}-${bundle.version}-${target.name}.tar.gz`;
  const cross = target.name === host.name ? undefined : { target, runtime: await runtimeFor(target) };
  await compile(hostBun(host), { entry: bundle.entry, outfile: `${out}/${file}`, shortLived: bundle.shortLived }, cross);
  await writeTarball(join(root, out, tarball), [
    { name: program, path: join(root, out, file), isProgram: true },
    { name: "LICENSE", path: join(root, "LICENSE"), isProgram: false },
    { name: "THIRD_PARTY_NOTICES", path: join(root, out, "THIRD_PARTY_NOTICES"), isProgram: false },
  ]);
  say(`${out}/${file}${cross === undefined ? "" : " (cross-built: not run on this machine)"}`);
  return [file, tarball];
}

/** Build every executable for the targets: `dist/release/<target>/<executable>`, a tarball of each, and `SHA256SUMS` over all of it. */
async function buildRelease(wanted: readonly Target[]): Promise<void> {
  const host = hostTarget();
  await rm(join(root, out), { recursive: true, force: true });
  await mkdir(join(root, out), { recursive: true });
  const { bundles, metafiles } = await bundleAll();
  await writeFile(join(root, out, "THIRD_PARTY_NOTICES"), await thirdPartyNotices(metafiles));
  const written: string[] = [];
  for (const target of wanted) for (const bundle of bundles) written.push(...(await buildOne(bundle, target, host)));
  const sums = await Promise.all(written.map(async (file) => `${await sha256(file)}  ${file}\n`));
  await writeFile(join(root, out, "SHA256SUMS"), sums.join(""));
  await rm(join(root, bundleFolder), { recursive: true });
}

let wanted: ReturnType<typeof wantedTargets> | undefined;
try {
  wanted = wantedTargets(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`build:release: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
if (wanted === "help") process.stdout.write(usage);
else if (wanted !== undefined) await buildRelease(wanted);
