import { fs, path as paths } from "./builtin.ts";

/** A file that an import found. `name` is what messages call it and what its own imports are relative to. */
export interface Imported {
  readonly name: string;
  readonly content: Uint8Array | string;
}

/**
 * Finds what `import "path"` in the source called `from` means (`from` is "" for the program itself).
 * Returns the names it looked under when there is nothing. It is asked once for each path and directory.
 */
export type Importer = (path: string, from: string) => Imported | { readonly lookedAt: readonly string[] };

/** Reads files: relative to the importing one first, then in the search paths, of which the last wins. */
export function fileImporter(searchPaths: readonly string[] = []): Importer {
  return (path, from) => {
    const directories = [paths.dirname(from), ...searchPaths.toReversed()];
    const names = paths.isAbsolute(path) ? [path] : directories.map((directory) => paths.join(directory, path));
    for (const name of names) {
      const stats = fs.statSync(name, { throwIfNoEntry: false });
      if (stats !== undefined && !stats.isDirectory()) return { name, content: fs.readFileSync(name) };
    }
    return { lookedAt: names };
  };
}

/** Serves imports from memory: names relative to the importing file, or as they are. */
export function memoryImporter(files: Readonly<Record<string, Uint8Array | string>>): Importer {
  return (path, from) => {
    const names = [paths.posix.join(paths.posix.dirname(from), path), path];
    for (const name of names) {
      const content = Object.hasOwn(files, name) ? files[name] : undefined;
      if (content !== undefined) return { name, content };
    }
    return { lookedAt: names };
  };
}
