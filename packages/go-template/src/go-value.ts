/**
 * How JavaScript values play Go's: `bigint` is int, `number` is float64 (as in JSON read by Go), arrays are []interface {},
 * plain objects map[string]interface {}, `Uint8Array` is []uint8, any other object a Stringer.
 * `undefined` is Go's missing value, `null` a nil that sits in a list or map; the difference shows in `len` and field access only.
 */
const basicTypes: Readonly<Record<string, string>> = { boolean: "bool", bigint: "int", number: "float64", string: "string" };

/** A Go uint8, the result of indexing a string. */
export class Byte {
  readonly value: bigint;
  constructor(value: number) {
    this.value = BigInt(value);
  }
}

export const isNil = (value: unknown): value is null | undefined => value === undefined || value === null;
export const isList = (value: unknown): value is readonly unknown[] | Uint8Array => Array.isArray(value) || value instanceof Uint8Array;

/** The elements of a list as template values. */
export const elementsOf = (list: readonly unknown[] | Uint8Array): readonly unknown[] =>
  list instanceof Uint8Array ? Array.from(list, (byte) => new Byte(byte)) : list;

/** Plain objects of any realm are data, even when they have a key called "toString". */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const proto: unknown = Object.getPrototypeOf(value);
  return proto === null || Object.getPrototypeOf(proto) === null;
}

/** The name Go prints for the value's type. */
export function typeName(value: unknown): string {
  if (isNil(value)) return "nil";
  if (value instanceof Byte) return "uint8";
  if (value instanceof Uint8Array) return "[]uint8";
  return isList(value) ? "[]interface {}" : isMap(value) ? "map[string]interface {}" : (basicTypes[typeof value] ?? typeof value);
}

/** The `typeof` of what Go calls basic types, an integer of any size being a "bigint"; undefined for all other values. */
export const basicKind = (value: unknown): string | undefined =>
  value instanceof Byte ? "bigint" : basicTypes[typeof value] && typeof value;

/** The value as an integer if it has one of Go's integer types. */
export const toInteger = (value: unknown): bigint | undefined =>
  typeof value === "bigint" ? value : value instanceof Byte ? value.value : undefined;

/** Go's truth: false for nil, false, zero and whatever is empty. */
export function isTrue(value: unknown): boolean {
  if (isList(value)) return value.length > 0;
  if (isMap(value)) return Object.keys(value).length > 0;
  return Number.isNaN(value) || Boolean(toInteger(value) ?? value);
}
