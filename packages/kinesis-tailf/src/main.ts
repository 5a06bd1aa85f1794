import { runMain } from "@sukima/core";
import { platform } from "@sukima/core/platform";
import { kinesisTailf } from "./tail/command.ts";
import { tool } from "./tool.ts";

/** The whole process is kinesis-tailf from here on. */
export function main(argv: readonly string[]): Promise<never> {
  platform.guardOutput(process);
  return runMain(kinesisTailf, tool.version, argv, process);
}
