import { lstatSync, type Stats, statSync } from "node:fs";
import { dirname } from "node:path";
import { codeOf, ToolError } from "@sukima/core";
import type { FileWrite } from "../resolve/resolve.ts";
import { writeFailure } from "./failure.ts";

/** Check that a file can stand where a rule wants it, as far as looking tells. Throws `ToolError`. */
export function checkDestination(file: FileWrite): void {
  const { path } = file.target;
  try {
    const there = existing(() => lstatSync(path));
    if (there !== undefined && !there.isFile() && !there.isSymbolicLink()) {
      throw new ToolError("BAD_DESTINATION", `${path} is ${there.isDirectory() ? "a directory" : "not a regular file"}`, {
        hint: "give the path of a file",
      });
    }
    checkParent(file);
  } catch (error) {
    throw writeFailure(path, error);
  }
}

function checkParent({ target, rule }: FileWrite): void {
  const { path, makeParents } = target;
  const parent = dirname(path);
  let level = parent;
  let place = existing(() => statSync(level));
  if (place === undefined && !makeParents) {
    const swapped = /(^|,)Name=/.test(rule) ? "; in this dialect Name is the parameter and Path the file" : "";
    throw new ToolError("NO_PARENT", `${path}: the directory ${parent} does not exist`, {
      hint: `create it, or write the rule with path=,to=,mkdir=true${swapped}`,
    });
  }
  while (place === undefined) {
    level = dirname(level);
    place = existing(() => statSync(level));
  }
  if (!place.isDirectory()) throw new ToolError("NO_PARENT", `${path}: ${level} is not a directory`);
}

/** Undefined when nothing is there, and when a directory on the way is none. */
function existing(ask: () => Stats): Stats | undefined {
  try {
    return ask();
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(codeOf(error))) return undefined;
    throw error;
  }
}
