import { runMain } from "@sukima/core";
import { kinesisCat } from "./command.ts";
import { tool } from "./tool.ts";

/** The whole process is kinesis-cat from here on. */
export function main(argv: readonly string[]): Promise<never> {
  return runMain(kinesisCat, tool.version, argv, process);
}
