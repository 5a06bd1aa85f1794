import type { Context } from "@sukima/core";
import type { SsmwrapOptions } from "../options.ts";
import type { ChildEnvironment } from "../resolve/child-environment.ts";
import type { Resolution } from "../resolve/resolve.ts";
import { formatVariables } from "./formats.ts";
import { describeCheck, describePlan } from "./report.ts";

/** Print what `-check`, `-dry-run` or `-print` asks for, instead of becoming a program. Gives the exit code. */
export function answer(options: SsmwrapOptions, environment: ChildEnvironment, resolution: Resolution, { out }: Context): number {
  if (options.check) {
    out.write(describeCheck(environment, resolution));
    return resolution.misses.length === 0 ? 0 : 1;
  }
  const variables = [...environment.fetched].map(([name, { value }]) => [name, value.reveal()] as const);
  out.write(
    options["dry-run"] || options.print === undefined ? describePlan(environment, resolution) : formatVariables(options.print, variables),
  );
  return 0;
}
