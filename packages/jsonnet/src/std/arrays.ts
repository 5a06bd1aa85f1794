import { fail } from "../errors.ts";
import { equals } from "../machine/comparison.ts";
import { sliceValue } from "../machine/lookup.ts";
import type { Machine } from "../machine/machine.ts";
import { callForAll, evaluateAll, fold, select } from "../machine/loops.ts";
import { arrayLimit, finite } from "../machine/operators.ts";
import { evaluated, typeName } from "../machine/type-name.ts";
import type { Slot, Value } from "../machine/values.ts";
import { toText } from "../manifest/json.ts";
import { asArray, asFunction, asInteger, asNumber, asString, expectFunction } from "./arguments.ts";
import { define, type Definition } from "./define.ts";
import { join } from "./join.ts";
import { listElements } from "./elements.ts";
import { repeatText } from "./text.ts";

export const arrays: Readonly<Record<string, Definition>> = {
  makeArray: define("sz func", ([size, func], machine) => {
    const [count, callee] = [Math.max(0, asInteger(size)), asFunction(func)];
    return fill(count, machine, (i) => machine.callLater(callee, i));
  }),
  range: define("from to", ([from, to], machine) => {
    const first = asInteger(from);
    return fill(Math.max(0, asInteger(to) - first + 1), machine, (i) => first + i);
  }),
  repeat: define("what count", ([what, count], machine) => {
    if (typeof what !== "string" && !Array.isArray(what)) throw fail("std.repeat first argument must be an array or a string");
    const times = Math.max(0, asInteger(count));
    if (typeof what === "string") return repeatText(what, times, machine);
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
  count: define("arr ~x", ([arr, x], machine) => findAll(asArray(arr), x, machine).length),
  find: define("~value arr", ([value, arr], machine) => {
    if (!Array.isArray(arr)) throw fail(`find second parameter should be an array, got ${typeName(arr)}`);
    return findAll(arr, value, machine);
  }),
  map: define("func arr", ([func, arr], machine) => {
    const callee = expectFunction(func, "std.map first param");
    return listElements(arr, "std.map second param must be array / string").map((slot) => machine.callLater(callee, slot));
  }),
  mapWithIndex: define("func arr", ([func, arr], machine) => {
    const callee = expectFunction(func, "std.mapWithIndex first param");
    return listElements(arr, "std.mapWithIndex second param must be array").map((slot, i) => machine.callLater(callee, i, slot));
  }),
  filter: define("func arr", ([func, arr]) => {
    const list = asArray(arr);
    return select(asFunction(func), list, (kept) => [...kept]);
  }),
  filterMap: define("filter_func map_func arr", ([test, func, arr], machine) => {
    const [isKept, callee] = [expectFunction(test, "std.filterMap first param"), expectFunction(func, "std.filterMap second param")];
    if (!Array.isArray(arr)) throw fail(`std.filterMap third param must be array, got ${typeName(arr)}`);
    return select(isKept, arr, (kept) => kept.map((slot) => machine.callLater(callee, slot)));
  }),
  flatMap: define("func arr", ([func, arr]) => flatMap(func, arr)),
  foldl: define("func arr ~init", ([func, arr, init]) =>
    fold(asFunction(func), listElements(arr, "foldl second parameter should be string or array"), init ?? null, false),
  ),
  foldr: define("func arr ~init", ([func, arr, init]) =>
    fold(asFunction(func), listElements(arr, "foldr second parameter should be string or array").toReversed(), init ?? null, true),
  ),
  join: define("sep arr", ([sep, arr]) => evaluateAll(asArray(arr), (parts) => join(evaluated(sep), parts))),
  flattenArrays: define("arrs", ([arrs]) => evaluateAll(asArray(arrs), (parts) => parts.flatMap(asArray))),
  flattenDeepArray: define("value", ([value], machine) => flattenDeep(evaluated(value), machine)),
  reverse: define("arr", ([arr]) => asArray(arr).toReversed()),
  all: define("arr", ([arr], machine) => booleans(arr, "all").every((slot) => isTrue(slot, machine))),
  any: define("arr", ([arr], machine) => booleans(arr, "any").some((slot) => isTrue(slot, machine))),
  sum: define("arr", ([arr]) => evaluateAll(asArray(arr), sum)),
  avg: define("arr", ([arr]) => {
    if (asArray(arr).length === 0) throw fail("Cannot calculate average of an empty array.");
    return evaluateAll(asArray(arr), (values) => sum(values) / values.length);
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

function findAll(arr: readonly Slot[], wanted: Slot | undefined, machine: Machine): number[] {
  const places: number[] = [];
  for (const [i, slot] of arr.entries()) if (equals(machine.force(slot), machine.force(wanted), machine)) places.push(i);
  return places;
}

function flatMap(func: Slot | undefined, arr: Slot | undefined): Slot {
  const elements = listElements(arr, "std.flatMap second param must be array / string");
  return callForAll(asFunction(func), elements, (parts) => {
    if (typeof arr !== "string") return parts.flatMap(asArray);
    return parts.map(asString).join("");
  });
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

function sum(values: readonly Value[]): number {
  return values.reduce<number>((total, value) => finite(total + asNumber(value)), 0);
}
