import { expect, it } from "vitest";
import { coversAction } from "./glob.ts";

it.each([
  ["ssm:GetParameter", "ssm:GetParameter", true],
  ["ssm:GetParameter", "ssm:GetParameters", false],
  ["ssm:Get*", "ssm:GetParameters", true],
  ["ssm:GetParameter?", "ssm:GetParameters", true],
  ["*", "sts:AssumeRole", true],
  ["ssm:get*", "ssm:GetParameters", false],
  ["ssm.Get*", "ssm:GetParameters", false],
])("the pattern %s on %s is %s", (pattern, action, expected) => {
  expect(coversAction(pattern, action)).toBe(expected);
});
