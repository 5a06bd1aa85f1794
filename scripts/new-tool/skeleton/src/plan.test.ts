import { expect, it } from "vitest";
import { describePlan, planSteps } from "./plan.ts";

it("acts in the region of the environment", () => {
  expect(describePlan(planSteps({ region: "ap-northeast-1" }))).toBe("greet ap-northeast-1\n");
});

it("does not start without a region", () => {
  expect(() => planSteps({ region: "" })).toThrow("no AWS region");
});
