/**
 * How JavaScript values play Go's: `bigint` is int, `number` is float64 (as in JSON read by Go), arrays are []interface {},
 * objects map[string]interface {}, `Uint8Array` is []uint8, an object with a `toString` of its own is a Stringer.
 * `undefined` is Go's missing value, `null` a nil that sits in a list or map; the difference shows in `len` and field access only.
 */
export type Kind = "nil" | "bool" | "int" | "uint" | "float" | "complex" | "string" | "list" | "bytes" | "map" | "opaque";

/** A Go uint8, the result of indexing a string. */
export class Byte {
  readonly value: bigint;
  constructor(value: number) {
    this.value = BigInt(value);
  }
}

/** A Go complex128; templates can write it (`1+2i`) and print it, nothing else. */
export class Complex {
  readonly real: number;
  readonly imaginary: number;
  constructor(real: number, imaginary: number) {
    this.real = real;
    this.imaginary = imaginary;
  }
}

export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> => kindOf(value) === "map";

/** Classify a value; see `Kind`. */
export function kindOf(value: unknown): Kind {
  switch (typeof value) {
    case "undefined":
      return "nil";
    case "boolean":
      return "bool";
    case "bigint":
      return "int";
    case "number":
      return "float";
    case "string":
      return "string";
    case "object":
      return value === null ? "nil" : kindOfObject(value);
    default:
      return "opaque";
  }
}

function kindOfObject(value: object): Kind {
  if (Array.isArray(value)) return "list";
  if (value instanceof Byte) return "uint";
  if (value instanceof Complex) return "complex";
  if (value instanceof Uint8Array) return "bytes";
  const proto: unknown = Object.getPrototypeOf(value);
  // Plain objects of any realm are data even when they have a key called "toString".
  if (proto === null || Object.getPrototypeOf(proto) === null) return "map";
  return value.toString === Object.prototype.toString ? "map" : "opaque";
}

/** The name Go prints for the value's type. */
export function typeName(value: unknown): string {
  switch (kindOf(value)) {
    case "nil":
      return "nil";
    case "uint":
      return "uint8";
    case "float":
      return "float64";
    case "complex":
      return "complex128";
    case "list":
      return "[]interface {}";
    case "bytes":
      return "[]uint8";
    case "map":
      return "map[string]interface {}";
    case "opaque":
      return typeof value === "object" && value !== null ? value.constructor.name : typeof value;
    default:
      return kindOf(value) === "string" || kindOf(value) === "bool" ? kindOf(value) : "int";
  }
}

/** The value as an integer if it has one of Go's integer types. */
export function toInteger(value: unknown): bigint | undefined {
  if (typeof value === "bigint") return value;
  return value instanceof Byte ? value.value : undefined;
}

/** Go's truth: false for nil, false, zero and whatever is empty. */
export function isTrue(value: unknown): boolean {
  if (isList(value) || value instanceof Uint8Array) return value.length > 0;
  if (value instanceof Byte) return value.value !== 0n;
  if (value instanceof Complex) return value.real !== 0 || value.imaginary !== 0;
  // NaN is not zero.
  if (typeof value === "number") return value !== 0;
  return isMap(value) ? Object.keys(value).length > 0 : Boolean(value);
}
