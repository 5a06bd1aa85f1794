import { isEqual, isLess, isLessOrEqual } from "./comparison.ts";
import { html, js, urlquery } from "./escaping.ts";
import { isTrue } from "./go-value.ts";
import { indexValue, lengthOf, sliceValue } from "./indexing.ts";
import { print, printf, println } from "./printf.ts";

/** A built-in function and how many operands it takes; `max` undefined is any number. */
interface Builtin {
  readonly min: number;
  readonly max?: number;
  run(operands: readonly unknown[]): unknown;
}

const comparison = (test: (left: unknown, right: unknown) => boolean): Builtin => ({
  min: 2,
  max: 2,
  run: ([left, right]) => test(left, right),
});

/** `and` and `or` are here for their names and counts; the evaluator does them, because they skip operands. */
export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ["and", { min: 1, run: (operands) => operands.at(-1) }],
  ["or", { min: 1, run: (operands) => operands.at(-1) }],
  ["not", { min: 1, max: 1, run: ([operand]) => !isTrue(operand) }],
  ["eq", { min: 1, run: ([first, ...others]) => isEqual(first, others) }],
  ["ne", comparison((left, right) => !isEqual(left, [right]))],
  ["lt", comparison(isLess)],
  ["le", comparison(isLessOrEqual)],
  ["gt", comparison((left, right) => !isLessOrEqual(left, right))],
  ["ge", comparison((left, right) => !isLess(left, right))],
  ["len", { min: 1, max: 1, run: ([item]) => lengthOf(item) }],
  ["index", { min: 1, run: ([item, ...indexes]) => indexValue(item, indexes) }],
  ["slice", { min: 1, run: ([item, ...indexes]) => sliceValue(item, indexes) }],
  ["print", { min: 0, run: print }],
  ["println", { min: 0, run: println }],
  ["printf", { min: 1, run: ([format, ...operands]) => printf(String(format), operands) }],
  ["html", { min: 0, run: html }],
  ["js", { min: 0, run: js }],
  ["urlquery", { min: 0, run: urlquery }],
]);

/** Names a template may call without being given functions. */
export const builtinNames: readonly string[] = [...builtins.keys()];

/** What is wrong with a number of operands, in Go's words; `piped` is 1 if one of them comes from before the `|`. */
export function countProblem({ min, max }: Builtin, written: number, piped: number): string | undefined {
  const count = written + piped;
  if (max === undefined) return count < min ? `want at least ${min} got ${written}` : undefined;
  return count === max ? undefined : `want ${max} got ${count}`;
}
