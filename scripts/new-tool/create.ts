import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

// A program that runs: it is compiled, linted and tested where it lies.
const skeleton = join(import.meta.dirname, "skeleton");

/** The skeleton's text for a tool of this name: kebab-case, camelCase for identifiers, capitals for variables. */
const named = (text: string, name: string): string =>
  text
    .replaceAll("gap-filler", name)
    .replaceAll(
      "gapFiller",
      name.replace(/-(.)/g, (_hyphen, letter: string) => letter.toUpperCase()),
    )
    .replaceAll("GAP_FILLER", name.replaceAll("-", "_").toUpperCase());

/** All packages share one version (`fixed` in `.changeset/config.json`). */
function sharedVersion(root: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(root, "packages/core/package.json"), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "0.0.0";
}

/** Copies the skeleton to `packages/<name>` and gives the files written, from the root. Throws an Error for the user when the name is bad or taken. */
export function createTool(root: string, name: string): string[] {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new Error(`${JSON.stringify(name)} is no name for a tool; expected lower-case words with hyphens, such as queue-filler`);
  }
  if (existsSync(join(root, "packages", name))) throw new Error(`packages/${name} exists already`);
  const version = sharedVersion(root);
  return globSync("**/*.*", { cwd: skeleton })
    .sort()
    .map((file) => {
      const path = `packages/${name}/${file}`;
      const text = named(readFileSync(join(skeleton, file), "utf8"), name);
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), file === "package.json" ? text.replace('"0.0.0"', JSON.stringify(version)) : text);
      return path;
    });
}
