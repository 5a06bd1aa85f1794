import { layerPlace, selfPlace, type ObjectCode, type Shape } from "../compile/unit.ts";
import { compareStrings } from "../strings.ts";
import { makeEnv, Thunk, type Env, type Slot } from "./values.ts";

/** A name that is gone from the `layers` right below, though not from what is below those. */
interface Removal {
  readonly name: string;
  readonly layers: number;
}

/** What one object literal (or one native function) contributes to an object. */
export class Layer {
  readonly shape: Shape;
  /** Undefined for layers made by native functions, whose fields are `fixed`. */
  readonly code: ObjectCode | undefined;
  readonly env: Env;
  /** A comprehension's fields each have the environment of their round. */
  readonly envs: readonly Env[] | undefined;
  readonly fixed: readonly Slot[] | undefined;
  readonly removes: Removal | undefined;

  constructor(shape: Shape, code: ObjectCode | undefined, env: Env, envs?: readonly Env[], fixed?: readonly Slot[], removes?: Removal) {
    this.shape = shape;
    this.code = code;
    this.env = env;
    this.envs = envs;
    this.fixed = fixed;
    this.removes = removes;
  }
}

/** An object: layers, the most derived last. Fields are evaluated once for each object, against the whole of it. */
export class ObjectValue {
  readonly layers: readonly Layer[];
  readonly hasAsserts: boolean;
  /** False while assertions wait for the first look into the object. */
  checked: boolean;
  // Made when first needed: many objects are only parts of others.
  #slots: (Slot | undefined)[][] | undefined;
  #frames: (Env | undefined)[] | undefined;
  #visible: readonly string[] | undefined;
  /** For objects of many layers, the topmost layer of each name. */
  #tops: ReadonlyMap<string, number> | undefined;

  constructor(layers: readonly Layer[], hasAsserts: boolean) {
    this.layers = layers;
    this.hasAsserts = hasAsserts;
    this.checked = !hasAsserts;
  }

  /** This object with another on top. Both keep their own values; what they share is evaluated anew. */
  extend(top: ObjectValue): ObjectValue {
    return new ObjectValue(this.layers.concat(top.layers), this.hasAsserts || top.hasAsserts);
  }

  /** The field as the layers below `top` define it, or undefined when none does. */
  find(name: string, top = this.layers.length): Slot | undefined {
    const start = this.#tops === undefined || top < this.layers.length ? top : (this.#tops.get(name) ?? -1) + 1;
    const number = this.#topmost(name, start);
    const layer = this.layers[number];
    const field = layer?.shape.index.get(name);
    return layer === undefined || field === undefined ? undefined : this.#slot(layer, number, field);
  }

  has(name: string, top = this.layers.length): boolean {
    if (this.#tops !== undefined && top === this.layers.length) return this.#tops.has(name);
    return this.#topmost(name, top) >= 0;
  }

  /** Names of all fields that show, in code point order. */
  visibleNames(): readonly string[] {
    return (this.#visible ??= this.layers.length === 1 ? this.#ownNames() : this.#names((visible) => visible));
  }

  /** Names of all fields, in code point order. */
  allNames(): readonly string[] {
    return this.#names(() => true);
  }

  isVisible(name: string): boolean {
    return this.#visibility(name, this.layers.length) ?? false;
  }

  /** The environment in which this object's layer `number` evaluates its fields and assertions. */
  frame(number: number): Env {
    const layer = this.layers[number];
    if (layer === undefined) throw new Error("no such layer");
    const frames = (this.#frames ??= this.layers.map(() => undefined));
    return (frames[number] ??= this.#makeFrame(layer, number, layer.env));
  }

  /** The number of the topmost layer below `top` that has the field, or -1. */
  #topmost(name: string, top: number): number {
    for (let number = top - 1; number >= 0; number--) {
      const layer = this.layers[number];
      if (layer?.shape.index.has(name)) return number;
      if (layer?.removes?.name === name) number -= layer.removes.layers;
    }
    return -1;
  }

  /** Whether the field shows as the layers below `top` define it; undefined when none does. */
  #visibility(name: string, top: number): boolean | undefined {
    const numbers: number[] = [];
    for (let number = this.#topmost(name, top); number >= 0; number = this.#topmost(name, number)) numbers.unshift(number);
    let visible: boolean | undefined;
    for (const number of numbers) {
      const shape = this.layers[number]?.shape;
      const field = shape?.index.get(name);
      if (shape !== undefined && field !== undefined) visible = overlay(visible, shape, field);
    }
    return visible;
  }

  #slot(layer: Layer, number: number, field: number): Slot {
    const { code, fixed, envs } = layer;
    if (fixed !== undefined) return fixed[field] ?? null;
    const all = (this.#slots ??= this.layers.map(() => []));
    const slots = (all[number] ??= []);
    const slot = slots[field];
    if (slot !== undefined) return slot instanceof Thunk && slot.value !== undefined ? (slots[field] = slot.value) : slot;
    const unit = code?.fields[envs === undefined ? field : 0]?.unit;
    if (unit === undefined) throw new Error("a field has code");
    const env = envs?.[field];
    return (slots[field] = new Thunk(unit, env ? this.#makeFrame(layer, number, env) : this.frame(number)));
  }

  #makeFrame(layer: Layer, number: number, around: Env): Env {
    const env = makeEnv(around, layer.code?.frame.size ?? layerPlace);
    env[selfPlace] = this;
    env[layerPlace] = number;
    let place = layerPlace;
    for (const unit of layer.code?.locals ?? []) env[++place] = new Thunk(unit, env);
    return env;
  }

  /** The names of an object with one layer: the same for all objects of its shape. */
  #ownNames(): readonly string[] {
    const shape = this.layers[0]?.shape;
    if (shape === undefined) return [];
    let names = visibleNames.get(shape);
    if (names === undefined) {
      names = shape.names.filter((_, i) => shape.visibilities[i] !== "hidden").sort(compareStrings);
      visibleNames.set(shape, names);
    }
    return names;
  }

  #names(shows: (visible: boolean) => boolean): readonly string[] {
    const found = new Map<string, boolean>();
    for (const [number, { shape, removes }] of this.layers.entries()) {
      if (removes !== undefined) {
        const visible = this.#visibility(removes.name, number - removes.layers);
        if (visible === undefined) found.delete(removes.name);
        else found.set(removes.name, visible);
      }
      for (let i = 0; i < shape.names.length; i++) {
        const name = shape.names[i] ?? "";
        found.set(name, overlay(found.get(name), shape, i));
      }
    }
    // Whoever asks for the names usually wants the fields next, and looking through many layers for each takes long.
    if (this.layers.length > manyLayers) this.#tops ??= this.#findTops();
    const names: string[] = [];
    for (const [name, visible] of found) if (shows(visible)) names.push(name);
    return names.sort(compareStrings);
  }

  #findTops(): ReadonlyMap<string, number> {
    const tops = new Map<string, number>();
    for (const [number, { shape, removes }] of this.layers.entries()) {
      if (removes !== undefined) {
        const top = this.#topmost(removes.name, number - removes.layers);
        if (top < 0) tops.delete(removes.name);
        else tops.set(removes.name, top);
      }
      for (const name of shape.names) tops.set(name, number);
    }
    return tops;
  }
}

const manyLayers = 8;
const visibleNames = new WeakMap<Shape, readonly string[]>();

/** No value of any program: "no layer below has this field" between the two halves of `+:`, or "not given". */
export const nothing = new ObjectValue([], false);

/** An object with ready fields, all visible unless said otherwise. */
export function makeObject(fields: Iterable<readonly [string, Slot]>, hidden = false): ObjectValue {
  const names: string[] = [];
  const slots: Slot[] = [];
  const index = new Map<string, number>();
  for (const [name, slot] of fields) {
    index.set(name, names.push(name) - 1);
    slots.push(slot);
  }
  const shape: Shape = { names, index, visibilities: names.map(() => (hidden ? "hidden" : "inherit")) };
  return new ObjectValue([new Layer(shape, undefined, [null], undefined, slots)], false);
}

/** The object without one of its fields; what refers to the field through `self` fails from then on. */
export function removeField(object: ObjectValue, name: string): ObjectValue {
  const shape: Shape = { names: [], index: new Map(), visibilities: [] };
  const removes = { name, layers: object.layers.length };
  return object.extend(new ObjectValue([new Layer(shape, undefined, [null], undefined, undefined, removes)], false));
}

/** Whether a field shows once this layer has had its say: a plain `:` keeps what the layers below decided. */
function overlay(below: boolean | undefined, shape: Shape, field: number): boolean {
  const visibility = shape.visibilities[field];
  return visibility === "inherit" ? (below ?? true) : visibility === "visible";
}
