import { runMain } from "@sukima/core";
import { outputPipe } from "@sukima/core/output-pipe";
import { kinesisTailf } from "./tail/command.ts";
import { tool } from "./tool.ts";

/** The whole process is kinesis-tailf from here on. */
export function main(argv: readonly string[]): Promise<never> {
  outputPipe.prepare(process);
  return runMain(kinesisTailf, tool.version, argv, process);
}
