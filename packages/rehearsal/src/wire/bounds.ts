import { memberPath, violation } from "./violation.ts";

/**
 * Limits of one member as the service's model states them. The SDK's schemas carry types and required members only;
 * lengths, ranges, patterns and value sets are facts of the public service models (the API reference shows them as "Length Constraints" and so on).
 */
export interface Bounds {
  /** Least length (text in characters, bytes, entries of lists and maps) or least value of a number. */
  readonly min?: number;
  readonly max?: number;
  /** A regular expression as the model has it, without escapes that JavaScript's `u` flag refuses; it covers the whole text. */
  readonly pattern?: string;
  /** The value set of an enumeration. */
  readonly oneOf?: readonly string[];
  /** Limits of a list's entries. */
  readonly each?: Bounds;
  /** Limits of a map's keys, and of its values. */
  readonly keys?: Bounds;
  readonly values?: Bounds;
  /** Limits of a structure's members. */
  readonly members?: Readonly<Record<string, Bounds>>;
  /** The refusal does not repeat the value. */
  readonly isSensitive?: boolean;
}

function size(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "string") return [...value].length;
  if (Array.isArray(value)) return value.length;
  if (value instanceof Uint8Array) return value.byteLength;
  return typeof value === "object" && value !== null ? Object.keys(value).length : undefined;
}

interface Rule {
  readonly text: string;
  isKept(value: unknown): boolean;
}

/** The rules of one value's bounds, in the order in which AWS lists them. */
function rulesOf({ min, max, pattern, oneOf }: Bounds, noun: "value" | "length"): Rule[] {
  const rules: Rule[] = [];
  if (max !== undefined)
    rules.push({ text: `Member must have ${noun} less than or equal to ${max}`, isKept: (value) => (size(value) ?? max) <= max });
  if (min !== undefined)
    rules.push({ text: `Member must have ${noun} greater than or equal to ${min}`, isKept: (value) => (size(value) ?? min) >= min });
  if (pattern !== undefined) {
    const whole = new RegExp(`^(?:${pattern})$`, "u");
    rules.push({ text: `Member must satisfy regular expression pattern: ${pattern}`, isKept: (value) => whole.test(String(value)) });
  }
  if (oneOf !== undefined) {
    rules.push({ text: `Member must satisfy enum value set: [${oneOf.join(", ")}]`, isKept: (value) => oneOf.includes(String(value)) });
  }
  return rules;
}

/** All violations of `bounds` in a decoded value, in the order of its members; `path` is how messages name the value. */
export function findViolations(value: unknown, bounds: Bounds, path: string): string[] {
  const own = rulesOf(bounds, typeof value === "number" ? "value" : "length")
    .filter((rule) => !rule.isKept(value))
    .map((rule) => violation(value, path, rule.text, bounds));
  if (Array.isArray(value) && bounds.each !== undefined) {
    const { each } = bounds;
    // Lists of structures are reported entry by entry; of texts as a whole, with every rule that entries have.
    if (each.members !== undefined)
      return [...own, ...value.flatMap((entry, at) => findViolations(entry, each, `${path}.${at + 1}.member`))];
    return [...own, ...findBrokenParts("Member", value, each).map((rule) => violation(value, path, rule, bounds))];
  }
  if (typeof value === "object" && value !== null && (bounds.keys ?? bounds.values) !== undefined) {
    const broken = [
      ...findBrokenParts("Map keys", Object.keys(value), bounds.keys ?? {}),
      ...findBrokenParts("Map value", Object.values(value), bounds.values ?? {}),
    ];
    return [...own, ...broken.map((rule) => violation(value, path, rule, bounds))];
  }
  if (bounds.members !== undefined && typeof value === "object" && value !== null) {
    const members = new Map<string, unknown>(Object.entries(value));
    const inner = Object.entries(bounds.members).flatMap(([name, limits]) => {
      const member = members.get(name);
      return member === undefined ? [] : findViolations(member, limits, memberPath(path, name));
    });
    return [...own, ...inner];
  }
  return own;
}

/** Entries, keys and values are refused together, with every rule that they have. */
function findBrokenParts(noun: string, parts: readonly unknown[], bounds: Bounds): string[] {
  const rules = rulesOf(bounds, "length");
  const areKept = parts.every((part) => rules.every((rule) => rule.isKept(part)));
  return areKept ? [] : [`${noun} must satisfy constraint: [${rules.map(({ text }) => text).join(", ")}]`];
}
