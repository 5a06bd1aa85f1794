import fc from "fast-check";
import { expect, it } from "vitest";
import { testCall } from "../../test/test-call.ts";
import { cutPage } from "./paging.ts";

const refuse = (): never => {
  throw new Error("refused");
};

it("gives every item exactly once, in order, whatever the page size and wherever empty pages come", () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 10 }), fc.array(fc.boolean()), (items, size, empties) => {
      const seen: number[] = [];
      let token: string | undefined;
      let turn = 0;
      do {
        const call = testCall({ wantsEmptyPage: empties[turn] ?? false });
        const page = cutPage(call, items, { list: "l", token, size }, refuse);
        seen.push(...page.items);
        token = page.nextToken;
        turn += 1;
      } while (token !== undefined);
      expect(seen).toEqual(items);
    }),
  );
});

it("refuses made-up tokens", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (token) => {
      expect(() => cutPage(testCall({}), [1, 2, 3], { list: "l", token, size: 1 }, refuse)).toThrow("refused");
    }),
  );
});
