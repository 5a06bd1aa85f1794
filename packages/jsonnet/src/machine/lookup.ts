import { layerPlace, selfPlace } from "../compile/unit.ts";
import { fail } from "../errors.ts";
import { countCharacters, sliceCharacters } from "../strings.ts";
import { numberToText } from "../number-text.ts";
import type { Machine } from "./machine.ts";
import { ObjectValue } from "./object.ts";
import { typeName, unexpected } from "./type-name.ts";
import type { Env, Slot, Value } from "./values.ts";

/** `target[index]` for objects, arrays and strings. */
export function indexValue(target: Value, index: Value, machine: Machine): Slot {
  if (target instanceof ObjectValue) {
    if (typeof index !== "string") throw unexpected(index, "string");
    machine.check(target);
    const slot = target.find(index);
    if (slot === undefined) throw fail(`Field does not exist: ${index}`);
    return slot;
  }
  if (!Array.isArray(target) && typeof target !== "string") throw fail(`Value non indexable: ${typeName(target)}`);
  if (typeof index !== "number") throw unexpected(index, "number");
  const length = Array.isArray(target) ? target.length : countCharacters(target);
  const place = Math.trunc(index) + 0;
  if (place < 0 || place >= length) throw fail(`Index ${numberToText(place)} out of bounds, not within [0, ${length})`);
  return Array.isArray(target) ? (target[place] ?? null) : sliceCharacters(target, place, place + 1);
}

/** `target[from:to:step]`; null stands for a bound left out. Negative bounds count from the end. Bounds may be fractions. */
export function sliceValue(target: Value, from: Value, to: Value, step: Value): Value {
  if (!Array.isArray(target) && typeof target !== "string")
    throw fail(`std.slice accepts a string or an array, but got: ${typeName(target)}`);
  const length = Array.isArray(target) ? target.length : countCharacters(target);
  const by = bound(step, 1);
  if (by === 0) throw fail(`got ${numberToText(by)} but step must be greater than 0`);
  if (by < 0) throw fail(`got [${bound(from, 0)}:${bound(to, length)}:${by}] but negative steps are not supported`);
  const start = fromEnd(bound(from, 0), length);
  const end = Math.min(fromEnd(bound(to, length), length), length);
  if (by === 1 && Number.isInteger(start) && Number.isInteger(end))
    return Array.isArray(target) ? target.slice(start, Math.max(start, end)) : sliceCharacters(target, start, Math.max(start, end));
  const places: number[] = [];
  for (let place = start; place < end; place += by) places.push(Math.trunc(place));
  if (Array.isArray(target)) return places.map((place) => target[place] ?? null);
  return places.map((place) => sliceCharacters(target, place, place + 1)).join("");
}

function bound(value: Value, fallback: number): number {
  if (value === null) return fallback;
  if (typeof value !== "number") throw unexpected(value, "number");
  return value;
}

function fromEnd(place: number, length: number): number {
  return place < 0 ? Math.max(0, place + length) : place;
}

/** The object whose field runs, and the number of the layer it belongs to, `up` environments away. */
export function ownLayer(env: Env, up: number): { object: ObjectValue; layer: number } {
  let from: Env | null = env;
  for (let i = up; i > 0 && from !== null; i--) from = from[0];
  const object = from?.[selfPlace];
  const layer = from?.[layerPlace];
  if (!(object instanceof ObjectValue) || typeof layer !== "number") throw new Error("an object's environment has self and layer");
  return { object, layer };
}

/** `super[name]`, or undefined when no layer below has the field. */
export function superField(env: Env, up: number, name: Value): Slot | undefined {
  if (typeof name !== "string") throw unexpected(name, "string");
  const { object, layer } = ownLayer(env, up);
  return object.find(name, layer);
}
