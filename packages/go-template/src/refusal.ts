import { isNil, typeName } from "./go-value.ts";

/** What a built-in function throws; the evaluator adds its name and the position. */
export function refuse(detail: string): never {
  throw new Error(detail);
}

/** What is wrong with an operand that has to be a string, in Go's words. */
export function textProblem(value: unknown): string | undefined {
  if (typeof value === "string") return undefined;
  return isNil(value) ? "invalid value; expected string" : `wrong type for value; expected string; got ${typeName(value)}`;
}

/** What Go says when a function gets another number of operands than it wants. */
export const countProblem = (name: string, want: number | string, got: number): string =>
  `wrong number of args for ${name}: want ${want} got ${got}`;
