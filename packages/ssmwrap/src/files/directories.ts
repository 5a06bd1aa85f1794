import { codeOf } from "@sukima/core";
import { chmodSync, mkdirSync, rmdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Create a directory and what is missing above it, each level with mode 0700 whatever the umask, and do something with it.
 * What was created is removed again when that fails.
 */
export function withDirectories(path: string, use: () => void): void {
  const created: string[] = [];
  try {
    for (const level of missingLevels(path)) if (makeDirectory(level)) created.push(level);
    use();
  } catch (error) {
    for (const level of created.toReversed()) removeEmpty(level);
    throw error;
  }
}

/** Levels of a path that are not there, outermost first. */
function missingLevels(path: string): string[] {
  const levels: string[] = [];
  for (let level = path; statSync(level, { throwIfNoEntry: false }) === undefined; level = dirname(level)) levels.unshift(level);
  return levels;
}

/** False when somebody else has made it meanwhile. */
function makeDirectory(path: string): boolean {
  try {
    mkdirSync(path, 0o700);
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
  // The umask may have taken bits away.
  chmodSync(path, 0o700);
  return true;
}

function removeEmpty(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    // Somebody else has put something there.
  }
}
