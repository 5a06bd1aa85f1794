import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { op } from "../compile/op.ts";

it.each(["run.ts", "quick-operators.ts"])("has in %s the numbers that op.ts gives the instructions", (file) => {
  const text = readFileSync(new URL(file, import.meta.url), "utf8");
  const labels = [...text.matchAll(/case (\d+): (?:\{\s*)?\/\/ (\w+)/g)].map(([, number, name]) => [name, Number(number)]);
  expect(labels.length).toBe(text.match(/case \d+:/g)?.length);
  expect(Object.entries(op)).toEqual(expect.arrayContaining(labels));
});
