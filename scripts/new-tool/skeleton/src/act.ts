import type { Context } from "@sukima/core";
import type { Step } from "./plan.ts";

/** Does what was decided, and gives the exit code. */
export async function act(plan: readonly Step[], ctx: Context): Promise<number> {
  for (const { region } of plan) ctx.out.write(`hello, ${region}\n`);
  return 0;
}
