import { fail } from "../errors.ts";
import { equals } from "../machine/comparison.ts";
import { sliceValue } from "../machine/lookup.ts";
import type { Machine } from "../machine/machine.ts";
import { callForAll, evaluateAll, fold, select } from "../machine/loops.ts";
import { add, arrayLimit } from "../machine/operators.ts";
import { evaluated, typeName } from "../machine/type-name.ts";
import type { Slot, Value } from "../machine/values.ts";
import { toText } from "../manifest/json.ts";
import { asArray, asFunction, asInteger, asNumber, asString } from "./arguments.ts";
import { define, type Definition } from "./define.ts";
import { join } from "./join.ts";
import { listElements } from "./elements.ts";
import { repeatText } from "./text.ts";

export const arrays: Readonly<Record<string, Definition>> = {
  makeArray: define("sz func", ([size, func], machine) => {
    const count = asInteger(size);
    if (count < 0) throw fail(`makeArray requires size >= 0, got ${count}`);
    return fill(count, machine, (i) => machine.callLater(asFunction(func), i));
  }),
  range: define("from to", ([from, to], machine) => {
    const first = asInteger(from);
    return fill(Math.max(0, asInteger(to) - first + 1), machine, (i) => first + i);
  }),
  repeat: define("what count", ([what, count], machine) => {
    const times = asInteger(count);
    if (times < 0) throw fail(`makeArray requires size >= 0, got ${times}`);
    if (typeof what === "string") return repeatText(what, times, machine);
    if (!Array.isArray(what)) throw fail("std.repeat first argument must be an array or a string");
    return fill(times * what.length, machine, (i) => what[i % what.length] ?? null);
  }),
  slice: define("indexable index end step", ([target, index, end, step]) =>
    sliceValue(evaluated(target), evaluated(index), evaluated(end), evaluated(step)),
  ),
  member: define("arr x", ([arr, x], machine) => {
    if (typeof arr === "string") return arr.includes(asString(x));
    return asArray(arr).some((slot) => equals(machine.force(slot), evaluated(x), machine));
  }),
  contains: define("arr elem", ([arr, x], machine) => asArray(arr).some((slot) => equals(machine.force(slot), evaluated(x), machine))),
  count: define("arr x", ([arr, x], machine) => findAll(arr, evaluated(x), machine).length),
  find: define("value arr", ([value, arr], machine) => findAll(arr, evaluated(value), machine)),
  map: define("func arr", ([func, arr], machine) => {
    const callee = asFunction(func);
    return listElements(arr, "std.map second param must be array / string").map((slot) => machine.callLater(callee, slot));
  }),
  mapWithIndex: define("func arr", ([func, arr], machine) => {
    const callee = asFunction(func);
    return listElements(arr, "std.mapWithIndex second param must be array").map((slot, i) => machine.callLater(callee, i, slot));
  }),
  filter: define("func arr", ([func, arr]) => select(asFunction(func), asArray(arr), (kept) => [...kept])),
  filterMap: define("filter_func map_func arr", ([test, func, arr], machine) => {
    const callee = asFunction(func);
    return select(asFunction(test), asArray(arr), (kept) => kept.map((slot) => machine.callLater(callee, slot)));
  }),
  flatMap: define("func arr", ([func, arr]) => flatMap(func, arr)),
  foldl: define("func arr ~init", ([func, arr, init]) => fold(asFunction(func), listElements(arr, "Unexpected type"), init ?? null, false)),
  foldr: define("func arr ~init", ([func, arr, init]) =>
    fold(asFunction(func), listElements(arr, "Unexpected type").toReversed(), init ?? null, true),
  ),
  join: define("sep arr", ([sep, arr]) => evaluateAll(asArray(arr), (parts) => join(evaluated(sep), parts))),
  flattenArrays: define("arrs", ([arrs]) => evaluateAll(asArray(arrs), (parts) => parts.flatMap(asArray))),
  flattenDeepArray: define("value", ([value], machine) => flattenDeep(evaluated(value), machine)),
  reverse: define("arr", ([arr]) => listElements(arr, "Unexpected type").toReversed()),
  all: define("arr", ([arr], machine) => booleans(arr, "all").every((slot) => isTrue(slot, machine))),
  any: define("arr", ([arr], machine) => booleans(arr, "any").some((slot) => isTrue(slot, machine))),
  sum: define("arr", ([arr], machine) => evaluateAll(asArray(arr), (values) => sum(values, machine))),
  avg: define("arr", ([arr], machine) => {
    if (asArray(arr).length === 0) throw fail("Cannot calculate average of an empty array.");
    return evaluateAll(asArray(arr), (values) => asNumber(sum(values, machine)) / values.length);
  }),
  remove: define("arr elem", ([arr, elem], machine) => {
    const list = asArray(arr);
    const at = list.findIndex((slot) => equals(machine.force(slot), evaluated(elem), machine));
    return at < 0 ? list : list.toSpliced(at, 1);
  }),
  removeAt: define("arr at", ([arr, at]) => {
    const [list, place] = [asArray(arr), asInteger(at)];
    return list.filter((_, i) => i !== place);
  }),
};

function fill(count: number, machine: Machine, element: (i: number) => Slot): Slot[] {
  if (count > arrayLimit) throw fail(`Array of more than ${arrayLimit} elements`);
  machine.spend(count);
  const list: Slot[] = [];
  for (let i = 0; i < count; i++) list.push(element(i));
  return list;
}

function findAll(arr: Slot | undefined, value: Value, machine: Machine): number[] {
  const places: number[] = [];
  for (const [i, slot] of asArray(arr).entries()) if (equals(machine.force(slot), value, machine)) places.push(i);
  return places;
}

function flatMap(func: Slot | undefined, arr: Slot | undefined): Slot {
  const elements = listElements(arr, "std.flatMap second param must be array / string");
  return callForAll(asFunction(func), elements, (parts) => {
    if (typeof arr !== "string") return parts.flatMap((part) => ofType(part, "array", asArray));
    return parts.map((part) => (part === null ? "" : ofType(part, "string", asString))).join("");
  });
}

function ofType<T>(part: Value, type: "array" | "string", as: (slot: Slot) => T): T {
  if (typeName(part) === type) return as(part);
  throw fail(`std.flatMap on ${type}s, provided function must return ${type === "array" ? "an array" : "a string"}, got ${typeName(part)}`);
}

function flattenDeep(value: Value, machine: Machine): Slot[] {
  return Array.isArray(value) ? value.flatMap((slot) => flattenDeep(machine.force(slot), machine)) : [value];
}

function booleans(arr: Slot | undefined, name: string): Slot[] {
  if (!Array.isArray(arr)) throw fail(`${name}() parameter should be an array, got ${typeName(arr)}`);
  return arr;
}

function isTrue(slot: Slot, machine: Machine): boolean {
  const value = machine.force(slot);
  if (typeof value !== "boolean") throw fail(`element "${toText(value, machine)}" of type ${typeName(value)} is not a boolean`);
  return value;
}

function sum(values: readonly Value[], machine: Machine): Value {
  return values.reduce((total, value) => add(total, value, machine), 0);
}
