import { runMain } from "@sukima/core";
import { platform } from "@sukima/core/platform";
import { ssmwrap } from "./command.ts";
import { tool } from "./tool.ts";

/** The whole process is ssmwrap from here on. */
export function main(argv: readonly string[]): Promise<never> {
  platform.rememberDescriptors();
  return runMain(ssmwrap, tool.version, argv, process);
}
