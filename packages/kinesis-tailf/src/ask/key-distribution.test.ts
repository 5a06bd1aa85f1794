import { seededRandom } from "@sukima/core/testing";
import { expect, it } from "vitest";
import { distributionText } from "./key-distribution.ts";
import type { KnownShard } from "./known-shard.ts";

/** Shards that have these parts of the key space, in eighths. */
const shardsOf = (...eighths: number[]): KnownShard[] => {
  let from = 0n;
  return eighths.map((size, at) => {
    const to = from + BigInt(size) * 2n ** 125n;
    const hash = { from, to: to - 1n };
    from = to;
    return { id: `shard-${at}`, parents: [], hash, isOpen: true };
  });
};
const counts = (...keys: number[]): Map<string, number> =>
  new Map(keys.flatMap((count, at) => (count === 0 ? [] : [[`shard-${at}`, count]])));

it("shows the keys of each shard that has some", () => {
  expect(distributionText(shardsOf(2, 2, 2, 2), counts(260, 0, 490, 250))).toMatchInlineSnapshot(`
    "1000 keys on 3 of 4 open shards
      shard-0  260  26 %
      shard-2  490  49 %
      shard-3  250  25 %
    skewed: shard-2 has 49 % of the keys and 25 % of the key space
    "
  `);
});

it("measures a shard by its part of the key space", () => {
  expect(distributionText(shardsOf(6, 2), counts(755, 245))).toMatchInlineSnapshot(`
    "1000 keys on 2 of 2 open shards
      shard-0  755  75.5 %
      shard-1  245  24.5 %
    no skew: no shard has notably more than its part of the key space
    "
  `);
  expect(distributionText(shardsOf(6, 2), counts(500, 500))).toMatchInlineSnapshot(`
    "1000 keys on 2 of 2 open shards
      shard-0  500  50 %
      shard-1  500  50 %
    skewed: shard-1 has 50 % of the keys and 25 % of the key space
    "
  `);
});

it.each([
  ["one key", shardsOf(8), counts(1), "1 key on 1 of 1 open shard\n  shard-0  1  100 %\ntoo few keys to speak of skew\n"],
  ["no keys", shardsOf(8), counts(), "no keys\n"],
])("claims nothing of %s", (_what, shards, given, text) => {
  expect(distributionText(shards, given)).toBe(text);
});

const verdict = (text: string): string | undefined => text.trimEnd().split("\n").at(-1);

it("does not take chance for skew, whatever the number of keys and shards", () => {
  const random = seededRandom(1);
  const claims: (string | undefined)[] = [];
  for (const total of [100, 1000, 20_000]) {
    for (let run = 0; run < 30; run++) {
      const keys = Array.from({ length: 8 }, () => 0);
      for (let key = 0; key < total; key++) {
        const at = Math.floor(random() * 8);
        keys[at] = (keys[at] ?? 0) + 1;
      }
      claims.push(verdict(distributionText(shardsOf(1, 1, 1, 1, 1, 1, 1, 1), counts(...keys))));
    }
  }
  expect(new Set(claims)).toEqual(new Set(["no skew: no shard has notably more than its part of the key space"]));
});

it("calls a small difference even, however sure it is", () => {
  expect(verdict(distributionText(shardsOf(4, 4), counts(520_000, 480_000)))).toMatch(/^no skew/);
});

it("does not judge by a hundred keys less one", () => {
  expect(verdict(distributionText(shardsOf(4, 4), counts(99, 0)))).toBe("too few keys to speak of skew");
  expect(verdict(distributionText(shardsOf(4, 4), counts(100, 0)))).toBe("skewed: shard-0 has 100 % of the keys and 50 % of the key space");
});
