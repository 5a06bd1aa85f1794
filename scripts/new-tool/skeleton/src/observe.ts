import type { Context } from "@sukima/core";
import type { Facts } from "./plan.ts";

/** Reads what the plan has to know. Here AWS is asked, through a port that `awsConfig` of core configures. */
export async function observe(ctx: Context): Promise<Facts> {
  return { region: ctx.env["AWS_REGION"] };
}
