import fc from "fast-check";
import { expect, it } from "vitest";
import { jsonMembers } from "./json-members.ts";

it.each([
  [
    "numbers as they are written",
    '{"id":12345678901234567890,"f":1.0,"big":1e400}',
    { id: "12345678901234567890", f: "1.0", big: "1e400" },
  ],
  ["nested values with their own spaces", '{ "a" : [1, {"b": "}"}] , "c":{"d":"\\""} }', { a: '[1, {"b": "}"}]', c: '{"d":"\\""}' }],
  ["strings decoded, names too", '{"\\u0061\\"":"x\\ny"}', { 'a"': "x\ny" }],
  ["true, false and null", '{"t":true,"f":false,"n":null}', { t: "true", f: "false", n: "null" }],
  ["the last of two", '{"a":"1","a":"2"}', { a: "2" }],
  ["nothing of an empty object", " {} ", {}],
])("gives %s", (_what, text, expected) => expect(Object.fromEntries(jsonMembers(text) ?? [])).toEqual(expected));

it.each(["[1]", '"x"', "1", "null", "", "{", '{"a":}'])("gives nothing for %j", (text) => expect(jsonMembers(text)).toBeUndefined());

it("agrees with JSON.parse", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue()), fc.constantFrom(undefined, 2, "\t"), (object, indent) => {
      const members = [...(jsonMembers(JSON.stringify(object, undefined, indent)) ?? [])];
      const expected = Object.entries(object).map(([name, value]) => [
        name,
        typeof value === "string" ? value : JSON.parse(JSON.stringify(value)),
      ]);
      expect(members.map(([name, text]) => [name, typeof object[name] === "string" ? text : JSON.parse(text)])).toEqual(expected);
    }),
  );
});
