import { expect, it } from "vitest";
import { trueEnvironment } from "./bun-environment.ts";

const caller = ["HOME=/h", "$HOME=own", "$A=1=2", "TZ=", "B=b", ""].join("\0");

it.each([
  ["the value of another variable", { HOME: "/h", $HOME: "/h", B: "b" }, { HOME: "/h", $HOME: "own", B: "b" }],
  ["no value", { $A: undefined, TZ: undefined, B: "b" }, { $A: "1=2", TZ: "", B: "b" }],
  ["a value that the process itself has set since", { B: "new", TZ: undefined }, { B: "new", TZ: "" }],
])("gives what the caller gave where the runtime shows %s", (_what, shown, expected) => {
  expect(trueEnvironment(shown, () => caller)).toEqual(expected);
});

it("reads nothing while all is as it was", () => {
  const shown = { A: "1", TZ: "UTC" };
  const never = (): never => {
    throw new Error("a file was asked for");
  };
  expect(trueEnvironment(shown, never)).toBe(shown);
});

it("leaves everything as it is shown where there is no /proc", () => {
  const shown = { TZ: undefined };
  const missing = (): never => {
    throw new Error("ENOENT");
  };
  expect(trueEnvironment(shown, missing)).toBe(shown);
});
