import { expect, it } from "vitest";
import { ancestryOf, missingAncestors } from "./ancestry.ts";
import type { ListedShard } from "./lineage.ts";

const listed = (...shards: [id: string, ...parents: string[]][]): ListedShard[] => shards.map(([id, ...parents]) => ({ id, parents }));
const ids = (shards: readonly ListedShard[]): string[] => shards.map(({ id }) => id);

it("finds what stands between a shard and those that are read, and nothing that does not descend from them", () => {
  const all = listed(["a"], ["b"], ["b1", "b"], ["b2", "b"], ["b11", "b1"], ["x"], ["x1", "x"], ["m", "a", "b11", "x1"]);
  const isOurs = (id: string): boolean => id === "a" || id === "b";
  expect(ids(missingAncestors(isOurs, listed(["m", "a", "b11", "x1"]), all))).toEqual(["b1", "b11"]);
});

it("finds them in no time where shards were split and merged again and again", () => {
  const chain = Array.from({ length: 100 }, (_, at) =>
    listed([`l${at}`, `m${at}`], [`r${at}`, `m${at}`], [`m${at + 1}`, `l${at}`, `r${at}`]),
  ).flat();
  expect(missingAncestors((id) => id === "m0", listed(["child", "m100"]), chain)).toHaveLength(300);
});

it("asks for no listing when all parents are known", async () => {
  const children = listed(["ab", "a", "b"]);
  const refuse = async (): Promise<never> => Promise.reject(new Error("was asked"));
  expect(await ancestryOf(() => true)(children, refuse)).toBe(children);
});

it("asks once about a parent that has expired", async () => {
  let asked = 0;
  const list = async (): Promise<ListedShard[]> => {
    asked++;
    return listed(["a"], ["ab", "a", "expired"]);
  };
  const complete = ancestryOf((id) => id === "a");
  expect(ids(await complete(listed(["ab", "a", "expired"]), list))).toEqual(["ab"]);
  expect(ids(await complete(listed(["other", "a", "expired"]), list))).toEqual(["other"]);
  expect(asked).toBe(1);
});
