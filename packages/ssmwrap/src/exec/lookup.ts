import { accessSync, constants, statSync } from "node:fs";
import { resolve } from "node:path";
import { codeOf, ToolError } from "@sukima/core";
import { candidates } from "./candidates.ts";

/** What keeps a file from being executed, and the exit code for it. */
interface Obstacle {
  readonly text: string;
  readonly exit: 126 | 127;
}

const missing: Obstacle = { text: "is not there", exit: 127 };
const refused: Obstacle = { text: "is not an executable file", exit: 126 };

/** Undefined for a regular file that this user may execute. */
export function obstacle(file: string): Obstacle | undefined {
  try {
    const kind = statSync(file, { throwIfNoEntry: false });
    if (kind === undefined) return missing;
    if (!kind.isFile()) return refused;
    accessSync(file, constants.X_OK);
    return undefined;
  } catch (error) {
    // ENOTDIR, ELOOP and ENAMETOOLONG: nothing can be there.
    return codeOf(error) === "EACCES" ? refused : missing;
  }
}

/**
 * The file to execute for a command's name.
 * Throws `ToolError`: exit 126 when something of that name is there but may not be executed, 127 when nothing is.
 */
export function lookUpProgram(name: string, path: string | undefined, cwd: string): string {
  let first: string | undefined;
  for (const file of candidates(name, path)) {
    const problem = obstacle(resolve(cwd, file));
    if (problem === undefined) return file;
    if (problem === refused) first ??= file;
  }
  if (first !== undefined) {
    throw new ToolError("NOT_EXECUTABLE", `${first} ${refused.text}`, { exit: refused.exit, hint: "give it the x bit, or name a program" });
  }
  throw new ToolError("NOT_FOUND", `${JSON.stringify(name)} was not found${name.includes("/") ? "" : " in PATH"}`, { exit: 127 });
}
