import { describe, expect, it } from "vitest";
import { judgeNode } from "./node-version.ts";
import { type Outcome, runSteps, type Step, steps } from "./steps.ts";

describe("the tests run", () => {
  it.each([
    ["linux", "v24.21.0", {}],
    ["linux", "v24.22.0", { error: "this is Node v24.22.0, not the pinned v24.21.0; start the tests with: npx -y pnpm@12 test" }],
    ["darwin", "v26.1.0", { notice: "this is Node v26.1.0; on Linux the tests run on v24.21.0" }],
    ["darwin", "v22.18.0", { error: "this is Node v22.18.0; the tests need Node 24 or newer here" }],
  ])("on %s with Node %s as %j", (platform, version, verdict) => {
    expect(judgeNode(platform, version, "24.21.0")).toEqual(verdict);
  });
});

describe("checks", () => {
  const step = (name: string, after?: string): Step => ({ name, run: ["node"], ...(after === undefined ? {} : { after }) });
  const states = async (list: readonly Step[], failing: readonly string[]): Promise<string[]> => {
    const told: Outcome[] = [];
    const run = async ({ name }: Step): ReturnType<Parameters<typeof runSteps>[2]> => ({
      succeeded: !failing.includes(name),
      seconds: 1,
      output: "",
    });
    await runSteps(list, 2, run, (outcome) => told.push(outcome));
    return told.map((outcome) => `${outcome.step.name} ${outcome.state}`).sort();
  };

  it("all run and all tell how they ended, whatever failed", async () => {
    expect(await states([step("a"), step("b"), step("c")], ["a", "c"])).toEqual(["a failed", "b ok", "c failed"]);
  });

  it("skip only those that need a failed one", async () => {
    expect(await states([step("a"), step("b", "a"), step("c", "b"), step("d")], ["a"])).toEqual([
      "a failed",
      "b skipped",
      "c skipped",
      "d ok",
    ]);
  });

  it("stand behind the ones they need", () => {
    const early = steps.filter(({ after }, at) => after !== undefined && !steps.slice(0, at).some(({ name }) => name === after));
    expect(early).toEqual([]);
  });
});
