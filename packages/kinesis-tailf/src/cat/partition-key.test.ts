import { describe, expect, it } from "vitest";
import { keyMaker, parseKeyFrom } from "./partition-key.ts";

describe("-key-from", () => {
  it.each([
    ["user.id", '{"user":{"id":"u1"}}', "u1"],
    [".user.id", '{"user":{"id":12}}', "12"],
    ["id", '{"id":9007199254740993}', "9007199254740993"],
    ["id", '{"id":-340282366920938463463374607431768211455}', "-340282366920938463463374607431768211455"],
    ["a[1].b", '{"a":[0,{"b":true}]}', "true"],
    ["user", '{"user":{"id":1}}', undefined],
    ["toString", "{}", undefined],
    ["user.id", "not JSON", undefined],
    ["2", "  a  b c", "b"],
    ["4", "a b c", undefined],
    ["/id=(\\w+)/", "x id=7 y", "7"],
    ["/id=\\w+/", "x id=7 y", "id=7"],
    ["/id/", "x", undefined],
  ])("%s of %s is %s", (expression, text, expected) => {
    expect(parseKeyFrom(expression)(text)).toBe(expected);
  });

  it.each(["", "a..b", "a[x]", "/(/"])("refuses %j", (expression) => {
    expect(() => parseKeyFrom(expression)).toThrow(/^(expected|Invalid regular expression)/);
  });
});

it("is by default what the original gives", () => {
  const keyOf = keyMaker({ "partition-key": undefined, "key-from": undefined, "key-random": false });
  // sha256sum of "hello\n"
  expect(keyOf(Buffer.from("hello\n"))).toBe("5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03");
});
