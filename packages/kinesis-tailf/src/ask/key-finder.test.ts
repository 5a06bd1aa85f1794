import fc from "fast-check";
import { expect, it } from "vitest";
import { hashOfKey } from "../tail/selection.ts";
import { keyFinder } from "./key-finder.ts";
import type { KnownShard } from "./known-shard.ts";

const end = 2n ** 128n;

/** Shards that tile the key space at these borders. */
const tiles = (borders: readonly bigint[]): KnownShard[] => {
  const starts = [...new Set([0n, ...borders])].sort((a, b) => (a < b ? -1 : 1));
  return starts.map((from, at) => ({ id: `shard-${at}`, parents: [], hash: { from, to: (starts[at + 1] ?? end) - 1n }, isOpen: true }));
};

it("finds the shard that holds the key, in whatever order the shards were listed", () => {
  const shards = fc.array(fc.bigInt({ min: 1n, max: end - 1n }), { maxLength: 30 }).map(tiles);
  fc.assert(
    fc.property(
      shards.chain((some) => fc.shuffledSubarray(some, { minLength: some.length })),
      fc.string({ minLength: 1 }),
      (open, key) => {
        const { hash } = keyFinder(open)(key);
        const wanted = hashOfKey(key);
        expect(hash.from <= wanted && wanted <= hash.to).toBe(true);
      },
    ),
  );
});

it("takes a shard that begins or ends at the very hash of the key", () => {
  const at = hashOfKey("user-42");
  expect(keyFinder(tiles([at]))("user-42").id).toBe("shard-1");
  expect(keyFinder(tiles([at + 1n]))("user-42").id).toBe("shard-0");
});

it("says so when no listed shard holds the key", () => {
  const [low] = tiles([hashOfKey("user-42")]);
  expect(() => keyFinder(low === undefined ? [] : [low])("user-42")).toThrow(
    expect.objectContaining({ code: "NO_SHARD", message: 'no open shard holds the key "user-42"' }),
  );
  expect(() => keyFinder([])("a")).toThrow('no open shard holds the key "a"');
});
