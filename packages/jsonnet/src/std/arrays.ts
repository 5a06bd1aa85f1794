import { fail } from "../errors.ts";
import { equals } from "../machine/comparison.ts";
import { sliceValue } from "../machine/lookup.ts";
import type { Machine } from "../machine/machine.ts";
import { arrayLimit, operate } from "../machine/operators.ts";
import { evaluated, typeName } from "../machine/type-name.ts";
import type { Slot, Value } from "../machine/values.ts";
import { op } from "../compile/op.ts";
import { toText } from "../manifest/json.ts";
import { asArray, asBoolean, asFunction, asInteger, asNumber, asString } from "./arguments.ts";
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
  filter: define("func arr", ([func, arr], machine) => filter(func, arr, machine)),
  filterMap: define("filter_func map_func arr", ([test, func, arr], machine) => {
    const callee = asFunction(func);
    return filter(test, arr, machine).map((slot) => machine.callLater(callee, slot));
  }),
  flatMap: define("func arr", ([func, arr], machine) => flatMap(func, arr, machine)),
  foldl: define("func arr ~init", ([func, arr, init], machine) => {
    const callee = asFunction(func);
    let running: Slot = init ?? null;
    for (const slot of listElements(arr, "Unexpected type")) running = machine.call(callee, running, slot);
    return running;
  }),
  foldr: define("func arr ~init", ([func, arr, init], machine) => {
    const callee = asFunction(func);
    let running: Slot = init ?? null;
    for (const slot of listElements(arr, "Unexpected type").toReversed()) running = machine.call(callee, slot, running);
    return running;
  }),
  join: define("sep arr", ([sep, arr], machine) => join(evaluated(sep), asArray(arr), machine)),
  flattenArrays: define("arrs", ([arrs], machine) => asArray(arrs).flatMap((slot) => asArray(machine.force(slot)))),
  flattenDeepArray: define("value", ([value], machine) => flattenDeep(evaluated(value), machine)),
  reverse: define("arr", ([arr]) => listElements(arr, "Unexpected type").toReversed()),
  all: define("arr", ([arr], machine) => booleans(arr, "all").every((slot) => isTrue(slot, machine))),
  any: define("arr", ([arr], machine) => booleans(arr, "any").some((slot) => isTrue(slot, machine))),
  sum: define("arr", ([arr], machine) => sum(asArray(arr), machine)),
  avg: define("arr", ([arr], machine) => {
    const list = asArray(arr);
    if (list.length === 0) throw fail("Cannot calculate average of an empty array.");
    return asNumber(sum(list, machine)) / list.length;
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

function filter(func: Slot | undefined, arr: Slot | undefined, machine: Machine): Slot[] {
  const test = asFunction(func);
  return asArray(arr).filter((slot) => asBoolean(machine.call(test, slot)));
}

function flatMap(func: Slot | undefined, arr: Slot | undefined, machine: Machine): Slot {
  const callee = asFunction(func);
  if (typeof arr === "string") {
    const parts = listElements(arr, "").map((slot) => machine.call(callee, slot));
    return parts.map((part) => (part === null ? "" : ofType(part, "string", asString))).join("");
  }
  const elements = listElements(arr, "std.flatMap second param must be array / string");
  return elements.flatMap((slot) => ofType(machine.call(callee, slot), "array", asArray));
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

function sum(list: readonly Slot[], machine: Machine): Value {
  return list.reduce<Value>((total, slot) => operate(op.add, total, machine.force(slot), machine), 0);
}
