import { fail } from "../errors.ts";
import type { Machine } from "../machine/machine.ts";
import { Native } from "../machine/native.ts";
import { makeObject, ObjectValue, removeField } from "../machine/object.ts";
import { evaluated, typeName } from "../machine/type-name.ts";
import type { Slot, Value } from "../machine/values.ts";
import { compareStrings } from "../strings.ts";
import { asBoolean, asObject, asString, expectFunction } from "./arguments.ts";
import { define, type Definition } from "./define.ts";

export const objects: Readonly<Record<string, Definition>> = {
  get: define(
    "o f ~default inc_hidden",
    ([o, f, fallback, hidden], machine) => {
      const object = asObject(o);
      return hasField(object, asString(f), asBoolean(hidden)) ? lookUp(object, asString(f), machine) : (fallback ?? null);
    },
    { default: null, inc_hidden: true },
  ),
  objectHas: define("o f", ([o, f]) => hasField(asObject(o), asString(f), false)),
  objectHasAll: define("o f", ([o, f]) => hasField(asObject(o), asString(f), true)),
  objectHasEx: define("obj fname hidden", ([o, f, hidden]) => hasField(asObject(o), asString(f), asBoolean(hidden))),
  objectFields: define("o", ([o]) => names(o, false)),
  objectFieldsAll: define("o", ([o]) => names(o, true)),
  objectFieldsEx: define("obj hidden", ([o, hidden]) => names(o, asBoolean(hidden))),
  objectValues: define("o", ([o], machine) => names(o, false).map((name) => lookUp(asObject(o), name, machine))),
  objectValuesAll: define("o", ([o], machine) => names(o, true).map((name) => lookUp(asObject(o), name, machine))),
  objectKeysValues: define("o", ([o], machine) => keysValues(o, false, machine)),
  objectKeysValuesAll: define("o", ([o], machine) => keysValues(o, true, machine)),
  objectRemoveKey: define("obj key", ([obj, key]) => removeField(asObject(obj), asString(key))),
  mapWithKey: define("func obj", ([func, obj], machine) => {
    const callee = expectFunction(func, "std.mapWithKey first param");
    if (!(obj instanceof ObjectValue)) throw fail(`std.mapWithKey second param must be object, got ${typeName(obj)}`);
    return makeObject(obj.visibleNames().map((name) => [name, machine.callLater(callee, name, lookUp(obj, name, machine))] as const));
  }),
  mergePatch: define("~target patch", ([target, patch], machine) => mergePatch(target, evaluated(patch), machine)),
  prune: define("a", ([a], machine) => prune(evaluated(a), machine)),
};

const mergeLater = new Native("mergePatch", ["target", "patch"], ([target, patch], machine) =>
  mergePatch(target, evaluated(patch), machine),
);

function hasField(object: ObjectValue, name: string, hidden: boolean): boolean {
  return hidden ? object.has(name) : object.isVisible(name);
}

function names(o: Slot | undefined, hidden: boolean): string[] {
  const object = asObject(o);
  return [...(hidden ? object.allNames() : object.visibleNames())];
}

/** A field that exists, evaluated by whoever wants it. */
function lookUp(object: ObjectValue, name: string, machine: Machine): Slot {
  machine.check(object);
  return object.find(name) ?? null;
}

function keysValues(o: Slot | undefined, hidden: boolean, machine: Machine): Slot[] {
  const entry = (name: string): Slot => makeObject([["key", name] as const, ["value", lookUp(asObject(o), name, machine)] as const]);
  return names(o, hidden).map(entry);
}

/** RFC 7396. Only fields that both have as objects are merged further, and only when someone looks. */
function mergePatch(from: Slot | undefined, patch: Value, machine: Machine): Value {
  if (!(patch instanceof ObjectValue)) return patch;
  const target = machine.force(from);
  const base = target instanceof ObjectValue ? target : makeObject([]);
  const merged = new Map<string, Slot>();
  for (const name of base.visibleNames()) merged.set(name, lookUp(base, name, machine));
  for (const name of patch.visibleNames()) {
    const slot = lookUp(patch, name, machine);
    if (machine.force(slot) === null) merged.delete(name);
    else merged.set(name, machine.callLater(mergeLater, merged.get(name) ?? null, slot));
  }
  return makeObject([...merged].sort(([a], [b]) => compareStrings(a, b)));
}

/** The value without nulls, empty arrays and empty objects, also those that become empty. */
function prune(value: Value, machine: Machine): Value {
  if (Array.isArray(value)) return value.map((slot) => prune(machine.force(slot), machine)).filter(isContent);
  if (!(value instanceof ObjectValue)) return value;
  const kept: [string, Slot][] = [];
  for (const name of value.visibleNames()) {
    const field = prune(machine.force(lookUp(value, name, machine)), machine);
    if (isContent(field)) kept.push([name, field]);
  }
  return makeObject(kept);
}

function isContent(value: Value): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value instanceof ObjectValue ? value.visibleNames().length > 0 : value !== null;
}
