import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { completeWorld } from "./complete-world.ts";
import { loadWorld } from "./load-world.ts";

it("shows a world file in the README that is one", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const [, example = ""] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
  const world = completeWorld(loadWorld(example, "README.md"));
  expect(Object.keys(world.parameters)).toHaveLength(4);
  expect([world.instance.metadata, world.faults[0]?.limit]).toEqual(["on", { perSecond: 40, burst: 40 }]);
});
