import { exactNumber } from "../exact-json.ts";
import type { WhereClause } from "./where-clause.ts";

const number = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** Whether a clause holds for a payload that was read as JSON. A path that leads nowhere satisfies `!=` alone. */
export function holds({ path, condition }: WhereClause, payload: unknown): boolean {
  const value = follow(payload, path);
  switch (condition.operator) {
    case "exists":
      return value !== undefined;
    case "~":
      return isScalar(value) && condition.pattern.test(String(value));
    case "=":
      return equals(value, condition);
    case "!=":
      return !equals(value, condition);
    default: {
      const order = compare(value, condition);
      if (order === undefined) return false;
      if (order === 0) return condition.operator.endsWith("=");
      return condition.operator.startsWith(order < 0 ? "<" : ">");
    }
  }
}

interface Wanted {
  readonly text: string;
  readonly isQuoted: boolean;
}

const isNumber = (value: unknown): value is number | bigint => typeof value === "number" || typeof value === "bigint";

const numberIn = (text: string): number | bigint => exactNumber(Number(text), text);

function order<T extends string | number | bigint>(one: T, other: T): number {
  if (one === other) return 0;
  return one < other ? -1 : Number(one > other);
}

const isScalar = (value: unknown): boolean => value !== undefined && (typeof value !== "object" || value === null);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function follow(payload: unknown, path: readonly (string | number)[]): unknown {
  let value = payload;
  for (const step of path) {
    if (typeof step === "number") value = Array.isArray(value) ? value[step] : undefined;
    else value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
}

/** A value in quotes equals texts only; a bare one equals whatever JSON value is written like it. */
function equals(value: unknown, { text, isQuoted }: Wanted): boolean {
  if (typeof value === "string") return value === text;
  if (isQuoted) return false;
  if (isNumber(value)) return number.test(text) && order(value, numberIn(text)) === 0;
  return isScalar(value) && String(value) === text;
}

/** Below, at or above 0; undefined when the two cannot be ordered. Numbers, and texts that hold numbers, by value; other texts by their characters. */
function compare(value: unknown, { text, isQuoted }: Wanted): number | undefined {
  const isNumeric = !isQuoted && number.test(text);
  if (isNumber(value)) return isNumeric ? order(value, numberIn(text)) : undefined;
  if (typeof value !== "string") return undefined;
  return isNumeric && number.test(value) ? order(numberIn(value), numberIn(text)) : order(value, text);
}
