import { usageError } from "@sukima/core";

/** What is known when the decision is made. */
export interface Facts {
  readonly region: string | undefined;
}

export type Step = { readonly do: "greet"; readonly region: string };

/** Decides what is to be done. Throws a usage error when there is no region to act in. */
export function planSteps({ region }: Facts): Step[] {
  if (region === undefined || region === "") throw usageError("NO_REGION", "no AWS region", "set AWS_REGION");
  return [{ do: "greet", region }];
}

/** The plan as `-dry-run` shows it, one step a line. */
export const describePlan = (plan: readonly Step[]): string => plan.map((step) => `${step.do} ${step.region}\n`).join("");
