import { globSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Command, withStandardOptions } from "@sukima/core";

const isCommand = (value: unknown): value is Command =>
  typeof value === "object" && value !== null && "envPrefix" in value && "options" in value && "exitCodes" in value;

/** The commands that a package declares in `src/command.ts`, `src/commands/` or a folder of each command, as they are shown: with `-help` and `-version`. */
export async function commandsOf(root: string, folder: string): Promise<Command[]> {
  const modules = globSync(["src/command.ts", "src/commands/*.ts", "src/*/command.ts"], { cwd: join(root, "packages", folder) });
  const found: Command[] = [];
  for (const path of modules.filter((module) => !module.endsWith(".test.ts")).sort()) {
    const module: unknown = await import(pathToFileURL(join(root, "packages", folder, path)).href);
    if (typeof module === "object" && module !== null) found.push(...Object.values(module).filter(isCommand));
  }
  return found.map(withStandardOptions);
}
