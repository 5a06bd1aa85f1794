import { expect, it } from "vitest";
import { hashOfKey, selectChildren, selectShards, shardId } from "./selection.ts";

const half = 2n ** 127n;
const parent = { id: "shardId-000000000000", parents: [], hash: { from: 0n, to: 2n ** 128n - 1n } };
const low = { id: "shardId-000000000001", parents: [parent.id], hash: { from: 0n, to: half - 1n } };
const high = { id: "shardId-000000000002", parents: [parent.id], hash: { from: half, to: 2n ** 128n - 1n } };
const ids = (shards: readonly { readonly id: string }[]): string[] => shards.map(({ id }) => id);

it("hashes a key as the service does", () => {
  expect(hashOfKey("")).toBe(0xd41d8cd98f00b204e9800998ecf8427en);
  expect(hashOfKey("é")).toBe(hashOfKey("\u00e9"));
});

it("takes the shard that holds a key with its ancestors, and only the child that holds it (K7)", () => {
  const selection = { by: "key", hash: half + 5n } as const;
  expect(ids(selectShards([parent, low, high], selection))).toEqual([parent.id, high.id]);
  expect(ids(selectChildren([low, high], selection))).toEqual([high.id]);
});

it("takes named shards by number too, and their children unless these are unwanted", () => {
  const selection = { by: "id", ids: new Set([shardId("1"), shardId("shardId-000000000002")]), children: true } as const;
  expect(ids(selectShards([parent, low, high], selection))).toEqual([low.id, high.id]);
  expect(ids(selectChildren([low], selection))).toEqual([low.id]);
  expect(selectChildren([low], { ...selection, children: false })).toEqual([]);
});

it("takes what lies between two named shards, for the later one waits for it", () => {
  const last = { id: "shardId-000000000003", parents: [low.id, high.id] };
  const selection = { by: "id", ids: new Set([parent.id, last.id]), children: true } as const;
  const all = [parent, low, high, last, { id: "shardId-000000000004", parents: [high.id] }];
  expect(ids(selectShards(all, selection))).toEqual([parent.id, last.id, low.id, high.id]);
  expect(ids(selectShards(all, { ...selection, children: false }))).toEqual([parent.id, last.id]);
});

it("refuses a shard that is not there, with the nearest", () => {
  expect(() => selectShards([low], { by: "id", ids: new Set([shardId("11")]), children: true })).toThrow(
    "the stream has no shard shardId-000000000011 in this range; did you mean shardId-000000000001?",
  );
});
