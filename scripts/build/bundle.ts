import { join } from "node:path";
import { build, type BuildOptions, type Metafile, type Plugin } from "esbuild";
import type { Executable, PlainCommand } from "./targets.ts";

export const root = join(import.meta.dirname, "../..");

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node22.21",
  // ES module fields first: the SDK's bundle shrinks from 630 to 369 KB (style 13).
  mainFields: ["module", "main"],
  minify: true,
  // An uncaught error prints its line: keep it from being the whole program.
  lineLimit: 400,
  legalComments: "none",
  metafile: true,
  // The SDK's warning about old Node versions has no reader here: `engines` says what is needed.
  define: { "process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED": '"true"' },
  logLevel: "warning",
} as const satisfies BuildOptions;

const start = ({ entry }: Executable): BuildOptions["stdin"] => ({
  contents: `import { main } from "./${entry}";\nvoid main(process.argv.slice(2));\n`,
  resolveDir: root,
  sourcefile: "start.ts",
  loader: "ts",
});

/** Sends `import()` of the rare folder to the second file. */
const toSecondFile = (rare: string, file: string): Plugin => ({
  name: "second-file",
  setup({ onResolve }) {
    onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) =>
      kind === "dynamic-import" && join(resolveDir, path).startsWith(join(root, rare)) ? { path: file, external: true } : undefined,
    );
  },
});

/** The npm form: `packages/<package>/dist/<name>.cjs`, and `<name>-sdk.cjs` with what is rarely needed. Gives the metafiles. */
export async function bundleForNpm(executable: Executable): Promise<Metafile[]> {
  const dist = `packages/${executable.package}/dist`;
  const second = `${executable.name}-sdk.cjs`;
  const { rare } = executable;
  // import() becomes require(): Node's module loader would open process.stderr, which leaves O_NONBLOCK on a pipe (measured), and costs 10 ms.
  const options: BuildOptions = { ...shared, format: "cjs", supported: { "dynamic-import": false } };
  const main = build({
    ...options,
    stdin: start(executable),
    outfile: `${dist}/${executable.name}.cjs`,
    banner: { js: "#!/usr/bin/env node" },
    plugins: rare === undefined ? [] : [toSecondFile(rare, `./${second}`)],
  });
  const weight =
    rare === undefined
      ? undefined
      : build({
          ...options,
          entryPoints: { [second.replace(/\.cjs$/, "")]: `${rare}/index.ts` },
          outdir: dist,
          outExtension: { ".js": ".cjs" },
        });
  const results = await Promise.all([main, ...(weight === undefined ? [] : [weight])]);
  return results.map(({ metafile }) => metafile ?? { inputs: {}, outputs: {} });
}

/** The bundle that goes into a release executable: ES module chunks, so that rare weight is loaded only when asked for. Gives the entry file and the metafile. */
export async function bundleForBun(executable: Executable, outdir: string): Promise<{ entry: string; metafile: Metafile }> {
  const { metafile } = await build({
    ...shared,
    format: "esm",
    splitting: true,
    conditions: ["bun"],
    stdin: start(executable),
    outdir,
    entryNames: executable.name,
    chunkNames: "chunk-[hash]",
  });
  return { entry: join(root, outdir, `${executable.name}.js`), metafile: metafile ?? { inputs: {}, outputs: {} } };
}

// An old Node is told so before it stumbles; a CommonJS library inside an ES module asks for Node's modules by require().
const commandBanner = `import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
if(+process.versions.node.split(".")[0]<22){process.stderr.write("this needs Node 22.21 or later, and runs on "+process.version+"\\n");process.exit(2)}`;

/** `packages/<package>/dist/<name>.mjs`: a command that is no AWS tool. Gives the metafile. */
export async function bundleCommand({ name, package: folder, entry }: PlainCommand): Promise<Metafile> {
  const { metafile } = await build({
    ...shared,
    format: "esm",
    entryPoints: [entry],
    outfile: `packages/${folder}/dist/${name}.mjs`,
    banner: { js: commandBanner },
  });
  return metafile;
}

/** `packages/<package>/dist/index.mjs`: a library, its own dependencies left to npm. Gives the metafile. */
export async function bundleLibrary(folder: string): Promise<Metafile> {
  const { metafile } = await build({
    ...shared,
    format: "esm",
    packages: "external",
    entryPoints: [`packages/${folder}/src/index.ts`],
    outfile: `packages/${folder}/dist/index.mjs`,
  });
  return metafile;
}
