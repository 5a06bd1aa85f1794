/** Whole numbers of more digits stay floats: 39 hold every hash key, and reading a million digits takes long. */
const whole = /^-?\d{1,39}$/;

/** A number that is written like `source`, as bigint where a double would round it. */
export const exactNumber = (value: number, source: string | undefined): number | bigint =>
  source !== undefined && !Number.isSafeInteger(value) && whole.test(source) ? BigInt(source) : value;

type NumberOf = (value: number, source: string | undefined) => number | bigint;

/** A text as JSON, with each number as `numberOf` says; undefined for one that is no JSON. */
export function parseJson(text: string, numberOf?: NumberOf): unknown {
  const revive = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
    typeof value === "number" ? numberOf?.(value, context?.source) : value;
  try {
    return JSON.parse(text, numberOf && revive);
  } catch {
    return undefined;
  }
}

/** Without such a number nothing is rounded, and JSON is read several times as fast. */
const longNumber = /\d{16}/;

/** A text as JSON, with bigints for the numbers that a double would round; undefined for one that is no JSON. */
export const parseExactJson = (text: string): unknown => parseJson(text, longNumber.test(text) ? exactNumber : undefined);
