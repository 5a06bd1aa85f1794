import fc from "fast-check";
import { expect, it } from "vitest";
import { testCall } from "../../test/test-call.ts";
import { cutPage } from "./paging.ts";

const refuse = (): never => {
  throw new Error("refused");
};

const keyOf = (item: number): [number] => [item];

it("gives every item exactly once, in order, whatever the page size and wherever empty pages come", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer()),
      fc.integer({ min: 1, max: 10 }),
      fc.array(fc.boolean()),
      fc.boolean(),
      (items, size, empties, isDescending) => {
        const seen: number[] = [];
        let token: string | undefined;
        let turn = 0;
        do {
          const call = testCall({ wantsEmptyPage: empties[turn] ?? false });
          const page = cutPage(call, items, { list: "l", token, size, keyOf, isDescending }, refuse);
          seen.push(...page.items);
          token = page.nextToken;
          turn += 1;
        } while (token !== undefined);
        expect(seen).toEqual(items.toSorted((a, b) => (isDescending ? b - a : a - b)));
      },
    ),
  );
});

it("goes on behind the last item shown, whatever comes and goes in the meantime", () => {
  const first = cutPage(testCall({}), [2, 4, 6, 8], { list: "l", token: undefined, size: 2, keyOf }, refuse);
  const second = cutPage(testCall({}), [1, 5, 6, 8], { list: "l", token: first.nextToken, size: 2, keyOf }, refuse);
  expect([first.items, second.items]).toEqual([
    [2, 4],
    [5, 6],
  ]);
});

it("compares keys part by part", () => {
  const items = [
    [1, "b"],
    [0, "c"],
    [1, "a"],
  ];
  const page = cutPage(testCall({}), items, { list: "l", token: undefined, size: 3, keyOf: (item) => item }, refuse);
  expect(page.items.map((item) => item.join(""))).toEqual(["0c", "1a", "1b"]);
});

it("refuses made-up tokens", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (token) => {
      expect(() => cutPage(testCall({}), [1, 2, 3], { list: "l", token, size: 1, keyOf }, refuse)).toThrow("refused");
    }),
  );
});
