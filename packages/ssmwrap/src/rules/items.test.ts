import { isToolError } from "@sukima/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { splitItems } from "./items.ts";

const keys = fc.stringMatching(/^[a-z]{1,8}$/);
const items = fc.array(fc.record({ key: keys, value: fc.string({ unit: "grapheme" }) }), { minLength: 1, maxLength: 5 });
const quote = (value: string): string => `"${value.replace(/[\\"]/g, "\\$&")}"`;

it("gives back what was quoted, whatever it is", () => {
  fc.assert(
    fc.property(items, (list) => {
      expect(splitItems(list.map(({ key, value }) => `${key}=${quote(value)}`).join(","))).toEqual(list);
    }),
  );
});

it("takes a bare value up to the comma, equals signs and all", () => {
  expect(splitItems("path=/a/*, prefix=x=y,to=")).toEqual([
    { key: "path", value: "/a/*" },
    { key: "prefix", value: "x=y" },
    { key: "to", value: "" },
  ]);
});

it.each([
  ["", "expected path=..."],
  ["/prod/", 'expected key=value, got "/prod/"'],
  ["path=/a,oops", 'expected key=value, got "oops"'],
  ['path="/a', "no closing quote"],
  ['path="/a"x', "expected a comma after the quoted value"],
])("refuses %j", (text, sentence) => expect(() => splitItems(text)).toThrow(sentence));

/** The error that splitting ends in, if any. */
function refusal(text: string): unknown {
  try {
    splitItems(text);
  } catch (error) {
    return error;
  }
  return undefined;
}

it("never throws anything but a usage error", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "=", ",", '"', "\\", "/", "*") }), (text) => {
      const refused = refusal(text);
      expect(refused === undefined || (isToolError(refused) && refused.exit === 2)).toBe(true);
    }),
  );
});
