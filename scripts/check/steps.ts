/** A check that runs by itself. `after` names a step whose success it needs. */
export interface Step {
  readonly name: string;
  readonly run: readonly [program: string, ...words: string[]];
  readonly after?: string;
}

/** Everything besides the tests. The longest comes first, so that the others run beside it. */
export const steps: readonly Step[] = [
  { name: "build", run: ["node", "scripts/build.ts"] },
  { name: "types", run: ["tsc", "-p", "."] },
  { name: "lint", run: ["oxlint"] },
  { name: "format", run: ["oxfmt", "--check", "."] },
  { name: "dead code", run: ["knip"] },
  { name: "borders", run: ["node", "scripts/borders.ts"] },
  { name: "docs", run: ["node", "scripts/docs.ts", "--check"] },
  { name: "budgets", run: ["node", "scripts/budgets.ts"], after: "build" },
];

/** How a step ended: `output` is what it printed. */
export interface Outcome {
  readonly step: Step;
  readonly state: "ok" | "failed" | "skipped";
  readonly seconds: number;
  readonly output: string;
}

type Run = (step: Step) => Promise<Pick<Outcome, "seconds" | "output"> & { readonly succeeded: boolean }>;

/** Run the steps in their order, `lanes` at a time, and tell each outcome as it comes. A step stands behind the one it needs. */
export async function runSteps(list: readonly Step[], lanes: number, run: Run, tell: (outcome: Outcome) => void): Promise<Outcome[]> {
  const queue = [...list];
  const outcomes = new Map<string, Promise<Outcome>>();
  const perform = async (step: Step): Promise<Outcome> => {
    const needed = step.after === undefined ? undefined : await outcomes.get(step.after);
    if (needed !== undefined && needed.state !== "ok") return { step, state: "skipped", seconds: 0, output: `${needed.step.name} failed` };
    const { succeeded, seconds, output } = await run(step);
    return { step, state: succeeded ? "ok" : "failed", seconds, output };
  };
  const lane = async (): Promise<void> => {
    for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
      const outcome = perform(step);
      outcomes.set(step.name, outcome);
      tell(await outcome);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return Promise.all(outcomes.values());
}
