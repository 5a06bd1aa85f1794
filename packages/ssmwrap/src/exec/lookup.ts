import { accessSync, constants, statSync } from "node:fs";
import { resolve } from "node:path";
import { ToolError } from "@sukima/core";
import { candidates } from "./candidates.ts";

type Problem = "missing" | "refused" | undefined;

function look(file: string): Problem {
  try {
    const kind = statSync(file, { throwIfNoEntry: false });
    if (kind === undefined) return "missing";
    if (!kind.isFile()) return "refused";
    accessSync(file, constants.X_OK);
    return undefined;
  } catch (error) {
    // ENOTDIR and ENAMETOOLONG: nothing can be there.
    return error instanceof Error && "code" in error && error.code === "EACCES" ? "refused" : "missing";
  }
}

/**
 * The file to execute for a command's name.
 * Throws `ToolError`: exit 126 when something of that name is there but may not be executed, 127 when nothing is.
 */
export function lookUpProgram(name: string, path: string | undefined, cwd: string): string {
  let refused: string | undefined;
  for (const file of candidates(name, path)) {
    const problem = look(resolve(cwd, file));
    if (problem === undefined) return file;
    if (problem === "refused") refused ??= file;
  }
  if (refused !== undefined) {
    throw new ToolError("NOT_EXECUTABLE", `${refused} is not an executable file`, {
      exit: 126,
      hint: "give it the x bit, or name a program",
    });
  }
  throw new ToolError("NOT_FOUND", `${JSON.stringify(name)} was not found${name.includes("/") ? "" : " in PATH"}`, { exit: 127 });
}
