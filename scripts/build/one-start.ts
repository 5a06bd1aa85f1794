import { basename, join, resolve } from "node:path";
import { build, type BuildOptions, type Metafile, type Plugin } from "esbuild";
import { loadedWith } from "./loaded.ts";

/** The name under which the start exports something of one of its chunks. */
const exportedAs = (chunk: string, name: string): string => `${basename(chunk, ".js").replaceAll("-", "_")}_${name}`;

/**
 * Put all chunks that the entry of a split bundle loads statically into one, from which the later ones import: a dozen modules that a start
 * always loads cost it a thirtieth more than one does (measured with Bun 1.4.5). esbuild cannot be told. Gives the new entry; `folder` holds the old ones.
 */
export async function joinStart(options: BuildOptions, entry: string, { outputs }: Metafile, folder: string): Promise<string> {
  const root = options.absWorkingDir ?? "";
  const start = loadedWith(entry, outputs);
  const later = Object.keys(outputs).filter((path) => !start.has(path));
  const startFile = `./${basename(entry)}`;
  const namesOf = (chunk: string): string[] => outputs[chunk]?.exports ?? [];
  const chunks: Plugin = {
    name: "chunks",
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^\.\/[^/]+\.js$/ }, ({ path, importer, kind, namespace }) => {
        const chunk = join(folder, path);
        if (namespace === "start" || kind === "dynamic-import" || (importer !== "" && !start.has(chunk))) return { path, external: true };
        return later.includes(importer.slice(root.length + 1)) ? { path: chunk, namespace: "start" } : { path: resolve(root, chunk) };
      });
      onLoad({ filter: /^/, namespace: "start" }, ({ path }) => ({
        contents: `export { ${namesOf(path)
          .map((name) => `${exportedAs(path, name)} as ${name}`)
          .join()} } from "${startFile}";`,
      }));
    },
  };
  const shared = { ...options, splitting: false, plugins: [chunks], metafile: false } satisfies BuildOptions;
  const outdir = join(folder, "joined");
  const contents = [...start].map(
    (chunk) =>
      `export { ${namesOf(chunk)
        .map((name) => `${name} as ${exportedAs(chunk, name)}`)
        .join()} } from "./${basename(chunk)}";`,
  );
  await build({
    ...shared,
    stdin: { contents: contents.join("\n"), resolveDir: join(root, folder), sourcefile: "start.js" },
    outfile: join(outdir, basename(entry)),
  });
  await build({ ...shared, entryPoints: later, outdir });
  return join(root, outdir, basename(entry));
}
