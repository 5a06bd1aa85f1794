import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { completeWorld } from "./complete-world.ts";
import { worldJsonSchema } from "./schema.ts";

it("is published as schema.json as it is in force", () => {
  expect(JSON.parse(readFileSync(new URL("../../schema.json", import.meta.url), "utf8"))).toEqual(worldJsonSchema());
});

it("replaces a part that is given as a whole, and keeps the others of the default world", () => {
  const world = completeWorld({ region: "us-east-1", parameters: {} });
  expect([world.parameters, world.instance.availabilityZone, world.instance.role]).toEqual([{}, "us-east-1a", "ecsInstanceRole"]);
});
