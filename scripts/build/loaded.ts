import type { Metafile } from "esbuild";

/** The outputs that are loaded when one of them starts: itself and what it imports statically, however far away. */
export function loadedWith(output: string, outputs: Metafile["outputs"], seen = new Set<string>()): Set<string> {
  if (seen.has(output)) return seen;
  seen.add(output);
  for (const { path, kind, external } of outputs[output]?.imports ?? []) {
    if (kind !== "dynamic-import" && external !== true) loadedWith(path, outputs, seen);
  }
  return seen;
}
