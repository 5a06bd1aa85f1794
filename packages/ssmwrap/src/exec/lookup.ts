import { accessSync, constants, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { ToolError } from "@sukima/core";

const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

function problem(file: string): "missing" | "refused" | undefined {
  const kind = statSync(file, { throwIfNoEntry: false });
  if (kind === undefined) return "missing";
  if (!kind.isFile()) return "refused";
  try {
    accessSync(file, constants.X_OK);
    return undefined;
  } catch {
    return "refused";
  }
}

/** `problem`, with a path that cannot be looked at (no permission on a directory, too long) told as refused or missing. */
function look(file: string): "missing" | "refused" | undefined {
  try {
    return problem(file);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EACCES" ? "refused" : "missing";
  }
}

/**
 * The file to execute for a command's name, by the program's own PATH: a name with a slash as it is, else each directory in turn (an empty one is the current directory).
 * Throws `ToolError`: exit 126 when something of that name is there but may not be executed, 127 when nothing is.
 */
export function lookUpProgram(name: string, path: string | undefined, cwd: string): string {
  const candidates = name.includes("/")
    ? [resolve(cwd, name)]
    : (path ?? defaultPath).split(":").map((directory) => join(resolve(cwd, directory || "."), name));
  let refused: string | undefined;
  for (const file of name === "" ? [] : candidates) {
    const found = look(file);
    if (found === undefined) return name.includes("/") ? name : file;
    if (found === "refused") refused ??= file;
  }
  if (refused !== undefined) {
    throw new ToolError("NOT_EXECUTABLE", `${refused} is not an executable file`, {
      exit: 126,
      hint: "give it the x bit, or name a program",
    });
  }
  throw new ToolError("NOT_FOUND", `${JSON.stringify(name)} was not found${name.includes("/") ? "" : " in PATH"}`, { exit: 127 });
}
