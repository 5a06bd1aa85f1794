import { isEqual, isLess } from "./comparison.ts";
import { html, js, urlquery } from "./escaping.ts";
import { isTrue } from "./go-value.ts";
import { indexValue, lengthOf, sliceValue } from "./indexing.ts";
import { print, printf, println } from "./printf.ts";
import { refuse } from "./refusal.ts";

/** A built-in function and how many operands it takes: `min` or more, or exactly `count`. */
type Builtin = readonly [run: (operands: readonly unknown[]) => unknown, min: number, count?: number];

const comparison = (test: (left: unknown, right: unknown) => boolean): Builtin => [([left, right]) => test(left, right), 0, 2];
const isLessOrEqual = (left: unknown, right: unknown): boolean => isLess(left, right) || isEqual(left, right);

/** What a template may call without being given functions. Look names up only after `checkFunctions` found them here. */
export const builtins: Readonly<Record<string, Builtin>> = {
  // The evaluator stops at the operand that decides these two, so what is left is the last one.
  and: [(operands) => operands.at(-1), 1],
  or: [(operands) => operands.at(-1), 1],
  not: [([operand]) => !isTrue(operand), 0, 1],
  eq: [equalsAny, 1],
  ne: comparison((left, right) => !isEqual(left, right)),
  lt: comparison(isLess),
  // "Not greater" would be true for NaN.
  le: comparison(isLessOrEqual),
  gt: comparison((left, right) => !isLessOrEqual(left, right)),
  ge: comparison((left, right) => !isLess(left, right)),
  len: [([item]) => lengthOf(item), 0, 1],
  index: [([item, ...indexes]) => indexValue(item, indexes), 1],
  slice: [([item, ...indexes]) => sliceValue(item, indexes), 1],
  print: [print, 0],
  println: [println, 0],
  printf: [([format, ...operands]) => printf(String(format), operands), 1],
  html: [html, 0],
  js: [js, 0],
  urlquery: [urlquery, 0],
};

function equalsAny([first, ...others]: readonly unknown[]): boolean {
  if (others.length === 0) refuse("missing argument for comparison");
  return others.some((other) => isEqual(first, other));
}
