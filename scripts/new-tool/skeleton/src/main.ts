import { runMain } from "@sukima/core";
import { gapFiller } from "./command.ts";
import { tool } from "./tool.ts";

/** The whole process is gap-filler from here on: the only file that touches `process`. */
export function main(argv: readonly string[]): Promise<never> {
  return runMain(gapFiller, tool.version, argv, process);
}
