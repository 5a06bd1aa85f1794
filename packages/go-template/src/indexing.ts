import { bytesOf, textOf } from "./byte-text.ts";
import { Byte, isList, isMap, isNil, toInteger, typeName } from "./go-value.ts";
import { refuse } from "./refusal.ts";

/** A position in a list or string: 0 to `end`, both included; the caller refuses `end` where it must. */
function toPosition(index: unknown, end: number): number {
  const at = toInteger(index);
  if (at === undefined) refuse(`cannot index slice/array with ${isNil(index) ? "nil" : `type ${typeName(index)}`}`);
  if (at < 0n || at > BigInt(end)) refuse(`index out of range: ${at}`);
  return Number(at);
}

/** The bytes of a string or the elements of a list; `verb` says in errors what was to be done with them. */
function itemsOf(item: unknown, verb: string): readonly unknown[] | Uint8Array {
  if (typeof item === "string") return bytesOf(item);
  if (isList(item)) return item;
  refuse(`can't ${verb} item of type ${typeName(item)}`);
}

/** Go's `index`: `index x 1 "a"` is x[1]["a"]. Strings give bytes; a missing map entry is nil. */
export function indexValue(item: unknown, indexes: readonly unknown[]): unknown {
  if (isNil(item)) refuse("index of untyped nil");
  return indexes.reduce(indexOnce, item);
}

function indexOnce(item: unknown, index: unknown): unknown {
  if (isNil(item)) refuse("index of nil pointer");
  if (isMap(item)) {
    if (typeof index === "string") return Object.hasOwn(item, index) ? item[index] : null;
    refuse(isNil(index) ? "value is nil; should be of type string" : `value has type ${typeName(index)}; should be string`);
  }
  const items = itemsOf(item, "index");
  const at = toPosition(index, items.length);
  if (at === items.length) refuse(`reflect: ${typeof item === "string" ? "string" : "slice"} index out of range`);
  return items instanceof Uint8Array ? new Byte(items[at] ?? 0) : items[at];
}

/** Go's `slice`: `slice x 1 2` is x[1:2]. A third index only bounds the capacity, which lists here do not have. */
export function sliceValue(item: unknown, indexes: readonly unknown[]): unknown {
  if (isNil(item)) refuse("slice of untyped nil");
  if (indexes.length > 3) refuse(`too many slice indexes: ${indexes.length}`);
  if (indexes.length === 3 && typeof item === "string") refuse("cannot 3-index slice a string");
  const items = itemsOf(item, "slice");
  const bounds = indexes.map((index) => toPosition(index, items.length));
  const [from = 0, to = items.length, capacity = items.length] = bounds;
  if (from > to) refuse(`invalid slice index: ${from} > ${to}`);
  if (to > capacity) refuse(`invalid slice index: ${to} > ${capacity}`);
  const part = items.slice(from, to);
  return typeof item === "string" && part instanceof Uint8Array ? textOf(part) : part;
}

/** Go's `len`: bytes of a string, entries of a list or map. */
export function lengthOf(item: unknown): bigint {
  if (typeof item === "string") return BigInt(bytesOf(item).length);
  if (isList(item)) return BigInt(item.length);
  if (isMap(item)) return BigInt(Object.keys(item).length);
  refuse(item === null ? "len of nil pointer" : `len of type ${typeName(item)}`);
}
