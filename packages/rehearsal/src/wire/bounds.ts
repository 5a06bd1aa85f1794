/**
 * Limits of one member as the service's model states them. The SDK's schemas carry types and required members only;
 * lengths, ranges, patterns and value sets are facts of the public service models (the API reference shows them as "Length Constraints" and so on).
 */
export interface Bounds {
  /** Least length (text in characters, bytes, list entries) or least value of a number. */
  readonly min?: number;
  readonly max?: number;
  /** A regular expression in the model's spelling, applied to the whole text. */
  readonly pattern?: string;
  /** The value set of an enumeration. */
  readonly oneOf?: readonly string[];
  /** Limits of a list's entries. */
  readonly each?: Bounds;
  /** Limits of a structure's members. */
  readonly members?: Readonly<Record<string, Bounds>>;
  /** The refusal does not repeat the value. */
  readonly isSensitive?: boolean;
}

/** One broken limit, worded as AWS's common validator words it. */
const violation = (value: unknown, path: string, rule: string, isSensitive = false): string =>
  `Value ${isSensitive ? "" : `${show(value)} `}at '${path}' failed to satisfy constraint: ${rule}`;

function show(value: unknown): string {
  if (value === undefined) return "null";
  if (Array.isArray(value)) return `'[${value.map(String).join(", ")}]'`;
  return `'${String(value)}'`;
}

/** Service messages name members in lower camel case, whatever the wire says. */
export const messageName = (member: string): string => member.charAt(0).toLowerCase() + member.slice(1);

/** The violation of a required member that is absent. */
export const missing = (path: string): string => violation(undefined, path, "Member must not be null");

function size(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "string") return [...value].length;
  if (Array.isArray(value)) return value.length;
  return value instanceof Uint8Array ? value.byteLength : undefined;
}

function rulesBroken(value: unknown, bounds: Bounds): string[] {
  const broken: string[] = [];
  const measured = size(value);
  const noun = typeof value === "number" ? "value" : "length";
  if (measured !== undefined && bounds.max !== undefined && measured > bounds.max) {
    broken.push(`Member must have ${noun} less than or equal to ${bounds.max}`);
  }
  if (measured !== undefined && bounds.min !== undefined && measured < bounds.min) {
    broken.push(`Member must have ${noun} greater than or equal to ${bounds.min}`);
  }
  if (typeof value === "string" && bounds.pattern !== undefined && !new RegExp(`^(?:${bounds.pattern})$`, "u").test(value)) {
    broken.push(`Member must satisfy regular expression pattern: ${bounds.pattern}`);
  }
  if (typeof value === "string" && bounds.oneOf !== undefined && !bounds.oneOf.includes(value)) {
    broken.push(`Member must satisfy enum value set: [${bounds.oneOf.join(", ")}]`);
  }
  return broken;
}

/** All violations of `bounds` in a decoded value, in the order of its members; `path` is how messages name the value. */
export function findViolations(value: unknown, bounds: Bounds, path: string): string[] {
  const own = rulesBroken(value, bounds).map((rule) => violation(value, path, rule, bounds.isSensitive));
  if (Array.isArray(value) && bounds.each !== undefined) {
    const { each } = bounds;
    // Lists of texts are reported as a whole, lists of structures entry by entry.
    if (each.members === undefined) {
      const rules = value.flatMap((entry) => rulesBroken(entry, each));
      return rules.length === 0
        ? own
        : [...own, violation(value, path, `Member must satisfy constraint: [${[...new Set(rules)].join(", ")}]`)];
    }
    return [...own, ...value.flatMap((entry, at) => findViolations(entry, each, `${path}.${at + 1}.member`))];
  }
  if (bounds.members !== undefined && typeof value === "object" && value !== null) {
    const members = new Map<string, unknown>(Object.entries(value));
    const inner = Object.entries(bounds.members).flatMap(([name, limits]) => {
      const member = members.get(name);
      return member === undefined ? [] : findViolations(member, limits, `${path}.${messageName(name)}`);
    });
    return [...own, ...inner];
  }
  return own;
}
