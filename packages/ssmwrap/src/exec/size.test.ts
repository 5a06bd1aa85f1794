import { expect, it } from "vitest";
import { argumentLimit, checkSize } from "./size.ts";

const limits = (stack: string): string =>
  `Limit                     Soft Limit           Hard Limit           Units\nMax stack size            ${stack.padEnd(20)} unlimited            bytes\n`;

it.each([
  ["8 MiB of stack", "8388608", 2_097_152],
  ["little stack", "65536", 131_072],
  ["much stack", "1073741824", 6_291_456],
  ["no limit", "unlimited", 6_291_456],
])("allows a quarter of the stack, between 128 KiB and 6 MiB: %s", (_what, stack, expected) => {
  expect(argumentLimit(limits(stack))).toBe(expected);
});

it("assumes 2 MiB where the limits cannot be read", () => expect(argumentLimit("")).toBe(2_097_152));

it("takes a variable of 131,071 bytes and refuses one more, by name", () => {
  const value = "v".repeat(131_072 - "BIG=".length - 1);
  expect(() => checkSize(["x"], { BIG: value }, limits("unlimited"))).not.toThrow();
  expect(() => checkSize(["x"], { BIG: `${value}v` }, limits("unlimited"))).toThrow("the variable BIG has 131073 bytes");
});

it("counts bytes, not characters", () => {
  expect(() => checkSize(["x"], { BIG: "é".repeat(70_000) }, limits("unlimited"))).toThrow("the variable BIG");
});

it("refuses a NUL in an argument", () => expect(() => checkSize(["a\0b"], {}, "")).toThrow("an argument of the command holds a NUL byte"));
