import { expect, it } from "vitest";
import { loadWorld } from "./load-world.ts";

it("takes an empty file for the default world, and JSON for YAML", () => {
  expect(loadWorld("", "w.yaml")).toEqual({});
  expect(loadWorld('{"region": "eu-west-1"}', "w.json")).toEqual({ region: "eu-west-1" });
});

it.each([
  ["a: [", /^w\.yaml:\d+: /],
  ["region: eu-west-1\nregion: eu-west-2", /^w\.yaml:2: /],
  ["region: Tokyo", "w.yaml:1: region: expected a region such as ap-northeast-1"],
  ["account: 123456789012", "w.yaml:1: account: expected string, received number"],
  ["instance:\n  metadata: maybe", "w.yaml:2: instance.metadata: expected one of on, off, too-far"],
  ["parameters:\n  /a b: x", "w.yaml:2: parameters./a b: expected a parameter name or the ARN of a shared parameter"],
  ["faults:\n  - service: ssm\n    kind: slow\n    sm: 3", "w.yaml:4: faults[0].sm: unknown key, did you mean ms?"],
  ["- x", "w.yaml:1: the input: expected object, received array"],
])("refuses %j with its line", (text, message) => {
  expect(() => loadWorld(text, "w.yaml")).toThrow(message);
});
