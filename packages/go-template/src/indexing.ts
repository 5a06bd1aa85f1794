import { bytesOf, textOf } from "./byte-text.ts";
import { Byte, isList, isMap, toInteger, typeName } from "./go-value.ts";

/** A position in a list or string: 0 to `end`, both included; the caller refuses `end` where it must. */
function toPosition(index: unknown, end: number): number {
  const at = toInteger(index);
  if (at !== undefined && at >= 0n && at <= BigInt(end)) return Number(at);
  if (at !== undefined) throw new Error(`index out of range: ${at}`);
  const what = index === undefined || index === null ? "nil" : `type ${typeName(index)}`;
  throw new Error(`cannot index slice/array with ${what}`);
}

/** Go's `index`: `index x 1 "a"` is x[1]["a"]. Strings give bytes; a missing map entry is nil. */
export function indexValue(item: unknown, indexes: readonly unknown[]): unknown {
  if (item === undefined || item === null) throw new Error("index of untyped nil");
  return indexes.reduce(indexOnce, item);
}

function indexOnce(item: unknown, index: unknown): unknown {
  if (item === undefined || item === null) throw new Error("index of nil pointer");
  if (isMap(item)) return indexMap(item, index);
  const items = typeof item === "string" ? bytesOf(item) : item;
  const what = typeof item === "string" ? "string" : "slice";
  if (!isList(items) && !(items instanceof Uint8Array)) throw new Error(`can't index item of type ${typeName(item)}`);
  const at = toPosition(index, items.length);
  if (at === items.length) throw new Error(`reflect: ${what} index out of range`);
  return items instanceof Uint8Array ? new Byte(items[at] ?? 0) : items[at];
}

function indexMap(map: Readonly<Record<string, unknown>>, index: unknown): unknown {
  if (typeof index === "string") return Object.hasOwn(map, index) ? map[index] : null;
  if (index === undefined || index === null) throw new Error("value is nil; should be of type string");
  throw new Error(`value has type ${typeName(index)}; should be string`);
}

/** Go's `slice`: `slice x 1 2` is x[1:2]. A third index only bounds the capacity, which lists here do not have. */
export function sliceValue(item: unknown, indexes: readonly unknown[]): unknown {
  if (item === undefined || item === null) throw new Error("slice of untyped nil");
  if (indexes.length > 3) throw new Error(`too many slice indexes: ${indexes.length}`);
  if (indexes.length === 3 && typeof item === "string") throw new Error("cannot 3-index slice a string");
  const items = typeof item === "string" ? bytesOf(item) : item;
  if (!isList(items) && !(items instanceof Uint8Array)) throw new Error(`can't slice item of type ${typeName(item)}`);
  const positions = indexes.map((index) => toPosition(index, items.length));
  const [from = 0, to = items.length, capacity = items.length] = positions;
  if (from > to) throw new Error(`invalid slice index: ${from} > ${to}`);
  if (to > capacity) throw new Error(`invalid slice index: ${to} > ${capacity}`);
  const part = items.slice(from, to);
  return typeof item === "string" && part instanceof Uint8Array ? textOf(part) : part;
}

/** Go's `len`: bytes of a string, entries of a list or map. */
export function lengthOf(item: unknown): bigint {
  if (typeof item === "string") return BigInt(bytesOf(item).length);
  if (isList(item) || item instanceof Uint8Array) return BigInt(item.length);
  if (isMap(item)) return BigInt(Object.keys(item).length);
  throw new Error(item === null ? "len of nil pointer" : `len of type ${typeName(item)}`);
}
