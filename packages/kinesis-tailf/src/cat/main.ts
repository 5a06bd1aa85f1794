import { runMain } from "@sukima/core";
import manifest from "../../package.json" with { type: "json" };
import { kinesisCat } from "./command.ts";

/** The whole process is kinesis-cat from here on. */
export function main(argv: readonly string[]): Promise<never> {
  return runMain(kinesisCat, manifest.version, argv, process);
}
