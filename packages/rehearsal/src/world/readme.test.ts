import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createClock } from "../clock.ts";
import { createRandom } from "../random.ts";
import { buildWorld } from "./build-world.ts";
import { completeWorld } from "./complete-world.ts";
import { loadWorld } from "./load-world.ts";

it("shows a world file in the README that is one", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const [, example = ""] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
  const world = completeWorld(loadWorld(example, "README.md"));
  // Its script of resharding can be played, too.
  buildWorld(world, createClock({ mode: "virtual", speed: 1 }), createRandom(1));
  expect(Object.keys(world.parameters)).toHaveLength(4);
  expect(Object.keys(world.streams)).toEqual(["docker-logs", "events"]);
  expect([world.instance.metadata, world.faults[0]?.limit]).toEqual(["on", { perSecond: 40, burst: 40 }]);
});
