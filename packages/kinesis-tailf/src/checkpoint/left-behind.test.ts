import { expect, it } from "vitest";
import { leftBehind } from "./left-behind.ts";

const reading = { sequence: "1", sub: null, state: "reading", timeMs: 0 } as const;

it("leaves alone the ancestors of known shards that are not known themselves, and no other shard", () => {
  const listed = [
    { id: "grandparent", parents: [] },
    { id: "parent", parents: ["grandparent"] },
    { id: "other parent", parents: ["gone"] },
    { id: "merged", parents: ["parent", "other parent"] },
    { id: "child", parents: ["merged"] },
    { id: "stranger", parents: [] },
  ];
  expect(leftBehind(listed, { shards: new Map([["merged", reading]]) })).toEqual(new Set(["grandparent", "parent", "other parent"]));
  const all = new Map(["other parent", "merged", "child"].map((id) => [id, reading]));
  expect(leftBehind(listed, { shards: all })).toEqual(new Set(["grandparent", "parent"]));
});
