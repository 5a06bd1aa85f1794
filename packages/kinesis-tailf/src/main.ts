import { runMain } from "@sukima/core";
import { kinesisTailf } from "./tail/command.ts";
import { tool } from "./tool.ts";

/** The whole process is kinesis-tailf from here on. */
export const main = (argv: readonly string[]): Promise<never> => runMain(kinesisTailf, tool.version, argv, process);
