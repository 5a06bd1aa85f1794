import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "@sukima/core";
import { worldJsonSchema } from "@sukima/rehearsal";
import { executables } from "../build/targets.ts";
import { commandsOf } from "./commands.ts";
import { completions } from "./completions.ts";
import { iamText, readPermissions } from "./iam.ts";
import { manPage } from "./man.ts";
import { fillRegions } from "./regions.ts";
import { exitCodesTable, flagsTable, forEach } from "./tables.ts";

/** Generated files by path from the root, and what kept others from being generated. */
export interface Generated {
  readonly files: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
}

/** Reads and treats a file; a failure names the file. */
async function within<T>(root: string, path: string, treat: (text: string) => T): Promise<T> {
  try {
    return treat(await readFile(join(root, path), "utf8"));
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause && cause.code === "ENOENT" ? "missing" : String(cause);
    throw new Error(`${path}: ${reason}`, { cause });
  }
}

async function readme(root: string, folder: string, commands: readonly Command[]): Promise<string> {
  const permissions = await within(root, `packages/${folder}/iam.json`, readPermissions);
  const regions = new Map([
    ["flags", forEach(commands, flagsTable)],
    ["exit-codes", forEach(commands, exitCodesTable)],
    ["iam", iamText(permissions)],
  ]);
  return within(root, `packages/${folder}/README.md`, (page) => fillRegions(page, regions));
}

/** Everything that is generated: from the command data, the world's schema and the packages' `iam.json`. */
export async function generate(root: string): Promise<Generated> {
  const files = new Map([["packages/rehearsal/schema.json", `${JSON.stringify(worldJsonSchema(), null, 2)}\n`]]);
  const problems: string[] = [];
  for (const folder of new Set(executables.map((executable) => executable.package))) {
    const commands = await commandsOf(root, folder);
    for (const command of commands) {
      files.set(`docs/man/${command.name}.1`, manPage(command));
      for (const [shell, text] of Object.entries(completions(command))) {
        files.set(`packages/${folder}/completions/${command.name}.${shell}`, text);
      }
    }
    if (commands.length === 0) continue;
    try {
      files.set(`packages/${folder}/README.md`, await readme(root, folder, commands));
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
  }
  return { files, problems };
}
