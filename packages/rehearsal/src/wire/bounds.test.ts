import type { NormalizedSchema } from "@smithy/core/schema";
import { describe, expect, it } from "vitest";
import { services } from "../services/services.ts";
import { type Bounds, findViolations } from "./bounds.ts";

/** Where bounds speak of members that the model does not have, or carry a pattern that does not compile. */
function mistakes(bounds: Bounds, schema: NormalizedSchema, path: string): string[] {
  const broken = compiles(bounds.pattern ?? "") ? [] : [`${path}: ${bounds.pattern}`];
  if (bounds.each !== undefined)
    broken.push(...(schema.isListSchema() ? mistakes(bounds.each, schema.getValueSchema(), `${path}[]`) : [`${path} is no list`]));
  for (const part of [bounds.keys, bounds.values])
    if (part !== undefined)
      broken.push(...(schema.isMapSchema() ? mistakes(part, schema.getValueSchema(), `${path}{}`) : [`${path} is no map`]));
  const members = schema.isStructSchema() ? new Map(schema.structIterator()) : new Map<string, NormalizedSchema>();
  for (const [name, inner] of Object.entries(bounds.members ?? {})) {
    const member = members.get(name);
    broken.push(...(member === undefined ? [`${path}.${name} is no member`] : mistakes(inner, member, `${path}.${name}`)));
  }
  return broken;
}

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern, "u") instanceof RegExp;
  } catch {
    return false;
  }
}

const operations = services.flatMap(({ name, operations }) =>
  [...operations.values()].map((operation) => ({ action: `${name}:${operation.name}`, operation })),
);

it.each(operations)("the bounds of $action fit the SDK's model", ({ operation }) => {
  expect(mistakes({ members: operation.bounds }, operation.input, "input")).toEqual([]);
});

describe("violations", () => {
  it.each<[string, unknown, Bounds, string[]]>([
    ["text that is too long, in characters and not in UTF-16 units", "😀😀", { max: 2 }, []],
    [
      "text that is too long",
      "abc",
      { max: 2 },
      ["Value 'abc' at 'x' failed to satisfy constraint: Member must have length less than or equal to 2"],
    ],
    [
      "a number that is too small",
      0,
      { min: 1 },
      ["Value '0' at 'x' failed to satisfy constraint: Member must have value greater than or equal to 1"],
    ],
    [
      "a secret without its value",
      "s",
      { min: 2, isSensitive: true },
      ["Value at 'x' failed to satisfy constraint: Member must have length greater than or equal to 2"],
    ],
    [
      "a list as a whole, with all rules of its entries",
      ["", "ok"],
      { each: { min: 1, max: 9 } },
      [
        "Value '[, ok]' at 'x' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 9, Member must have length greater than or equal to 1]",
      ],
    ],
    [
      "a map as a whole, with all rules of its keys and of its values",
      { a: "1", "": "22" },
      { max: 1, keys: { min: 1, max: 9 }, values: { min: 0, max: 1 } },
      [
        "Value '{a=1, =22}' at 'x' failed to satisfy constraint: Member must have length less than or equal to 1",
        "Value '{a=1, =22}' at 'x' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 9, Member must have length greater than or equal to 1]",
        "Value '{a=1, =22}' at 'x' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 1, Member must have length greater than or equal to 0]",
      ],
    ],
    [
      "structures in a list, without their secrets and bytes",
      [{ Key: "k", Values: ["a", "b"], Secret: "s" }, { Data: new Uint8Array(3) }],
      { max: 1, each: { members: { Secret: { isSensitive: true }, Data: { isSensitive: true } } } },
      [
        "Value '[{Key=k, Values=[a, b], Secret=***}, {Data=java.nio.HeapByteBuffer[pos=0 lim=3 cap=3]}]' at 'x' failed to satisfy constraint: Member must have length less than or equal to 1",
      ],
    ],
    [
      "bytes",
      new Uint8Array(3),
      { max: 2, isSensitive: true },
      ["Value at 'x' failed to satisfy constraint: Member must have length less than or equal to 2"],
    ],
    [
      "a pattern that must cover everything",
      "ab!",
      { pattern: "[a-z]+" },
      ["Value 'ab!' at 'x' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]+"],
    ],
  ])("name %s", (_, value, bounds, expected) => {
    expect(findViolations(value, bounds, "x")).toEqual(expected);
  });
});
