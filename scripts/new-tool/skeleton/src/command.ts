import { bool, defineCommand } from "@sukima/core";
import { act } from "./act.ts";
import { observe } from "./observe.ts";
import { describePlan, planSteps } from "./plan.ts";

/** gap-filler: look, decide, act. */
export const gapFiller = defineCommand({
  name: "gap-filler",
  summary: "one sentence that says which gap it fills",
  operands: "",
  envPrefix: "GAP_FILLER_",
  options: {
    "dry-run": bool("print the plan and exit", { env: "none" }),
  },
  examples: [{ run: "gap-filler -dry-run", does: "show what would be done" }],
  exitCodes: [
    ["0", "done, or nothing to do"],
    ["1", "tried and failed"],
    ["2", "not started: bad flag or bad GAP_FILLER_* value"],
    ["70", "a bug of ours"],
  ],
  async run(options, _operands, ctx) {
    const facts = await observe(ctx); // reads, changes nothing
    const plan = planSteps(facts); // pure: same input, same plan
    if (options["dry-run"]) {
      ctx.out.write(describePlan(plan));
      return 0;
    }
    return act(plan, ctx); // the only step that writes
  },
});
