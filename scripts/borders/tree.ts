import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type ImportSite, importsOf } from "./imports.ts";

const sections = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"] as const;
type Section = (typeof sections)[number];

/** An entry in one of the dependency sections of a package.json. */
export interface Dependency {
  readonly section: Section;
  readonly name: string;
  readonly line: number;
}

/** A package: the root with `scripts` and `bench` (folder ""), or one of `packages/`. */
export interface Package {
  /** Name of the folder in `packages/`, "" for the root. */
  readonly folder: string;
  readonly isPublished: boolean;
  readonly dependencies: readonly Dependency[];
  readonly files: readonly { readonly path: string; readonly imports: readonly ImportSite[] }[];
}

/** The texts that the check reads, by path from the repository's root. */
export function readTexts(root: string): Map<string, string> {
  const patterns = ["package.json", "*.ts", "{scripts,bench}/**/*.ts", "packages/*/package.json", "packages/*/{src,test,bench}/**/*.ts"];
  const paths = globSync(patterns, { cwd: root, exclude: (path) => /(^|[/\\])(node_modules|dist)$/.test(path) });
  return new Map(paths.sort().map((path) => [path.replaceAll("\\", "/"), readFileSync(join(root, path), "utf8")]));
}

const folderOf = (path: string): string => /^packages\/([^/]+)\//.exec(path)?.[1] ?? "";

function dependenciesOf(manifest: object, text: string): Dependency[] {
  const fields = new Map<string, unknown>(Object.entries(manifest));
  return sections.flatMap((section) => {
    const from = text.indexOf(`"${section}"`);
    return Object.keys(fields.get(section) ?? {}).map((name) => ({
      section,
      name,
      line: text.slice(0, text.indexOf(`"${name}"`, from)).split("\n").length,
    }));
  });
}

/** The packages in these texts. Throws on a package.json or a source file that cannot be parsed. */
export function packagesIn(texts: ReadonlyMap<string, string>): Package[] {
  const sources = [...texts].filter(([path]) => path.endsWith(".ts"));
  return [...texts].flatMap(([path, text]) => {
    if (!path.endsWith("package.json")) return [];
    const folder = folderOf(path);
    const manifest: unknown = JSON.parse(text);
    if (typeof manifest !== "object" || manifest === null) throw new Error(`${path}: expected an object`);
    return {
      folder,
      isPublished: !("private" in manifest && manifest.private === true),
      dependencies: dependenciesOf(manifest, text),
      files: sources
        .filter(([file]) => folderOf(file) === folder)
        .map(([file, source]) => ({ path: file, imports: importsOf(file, source) })),
    };
  });
}
