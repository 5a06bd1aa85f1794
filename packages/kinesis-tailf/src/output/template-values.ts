/** Whole numbers of more digits stay floats: 39 hold every hash key, and reading a million digits takes long. */
const whole = /^-?\d{1,39}$/;

/**
 * A number as a template shows it: whole ones are ints, so that 1700000000 is not printed as 1.7e+09 and equals the literal 1700000000.
 * `source` is how the number is written, which is exact where a double is not.
 */
function numberOf(value: number, source: string | undefined): number | bigint {
  if (source !== undefined && whole.test(source)) return BigInt(source);
  return Number.isSafeInteger(value) ? BigInt(value) : value;
}

/** A payload that was read as JSON, whole numbers as bigint; undefined for one that is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) =>
      typeof value === "number" ? numberOf(value, context?.source) : value,
    );
  } catch {
    return undefined;
  }
}

/** A value of a template as JSON on one line. What is not there is null. */
export function printJson(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return `[${value.map(printJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${printJson(member)}`).join(",")}}`;
}
