import type { Metafile } from "esbuild";

/** The outputs that are loaded when one of them starts: itself and what it imports statically, however far away. */
function loadedWith(output: string, outputs: Metafile["outputs"], seen = new Set<string>()): Set<string> {
  if (seen.has(output)) return seen;
  seen.add(output);
  for (const { path, kind, external } of outputs[output]?.imports ?? []) {
    if (kind !== "dynamic-import" && external !== true) loadedWith(path, outputs, seen);
  }
  return seen;
}

const packageOf = (input: string): string | undefined => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];

/** What starting an output loads: bytes, npm packages and modules of the runtime. Throws when there is no such output. */
export function loadedAtStart(output: string, metafile: Metafile): { readonly bytes: number; readonly modules: readonly string[] } {
  if (metafile.outputs[output] === undefined) throw new Error(`there is no output ${output}`);
  const loaded = [...loadedWith(output, metafile.outputs)].flatMap((path) => metafile.outputs[path] ?? []);
  const modules = loaded.flatMap(({ inputs, imports }) => [
    ...Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput === 0 ? [] : (packageOf(path) ?? []))),
    ...imports.flatMap(({ path, kind, external }) => (external === true && kind !== "dynamic-import" ? [path] : [])),
  ]);
  return { bytes: loaded.reduce((sum, { bytes }) => sum + bytes, 0), modules: [...new Set(modules)].sort() };
}

/** Which of these modules are forbidden; an entry that ends in `/` stands for a whole scope. */
export const forbiddenIn = (modules: readonly string[], forbidden: readonly string[]): string[] =>
  modules.filter((name) => forbidden.some((entry) => (entry.endsWith("/") ? name.startsWith(entry) : name === entry)));
