import type { FrameSize } from "./unit.ts";

/** The environments that exist at run time, known while compiling: where a variable will be found. */
export class Frame implements FrameSize {
  readonly parent: Frame | undefined;
  size: number;

  constructor(parent: Frame | undefined, size = 0) {
    this.parent = parent;
    this.size = size;
  }

  /** Reserves a variable and returns its place: 0 is the surrounding environment, so the first is 1. */
  reserve(): number {
    return ++this.size;
  }

  /** How many environments up `target` is from here. */
  distance(target: Frame): number {
    if (target === this) return 0;
    if (this.parent === undefined) throw new Error("a scope sees only frames around it");
    return 1 + this.parent.distance(target);
  }
}

/** The names visible at one place of the program. */
export class Scope {
  readonly frame: Frame;
  readonly parent: Scope | undefined;
  /** The frame of the innermost object around, for `self` and `super`. */
  readonly self: Frame | undefined;
  /** The frame of the outermost object around, for `$`. */
  readonly dollar: Frame | undefined;
  readonly #names = new Map<string, number>();

  constructor(frame: Frame, parent: Scope | undefined, isObject = false) {
    this.frame = frame;
    this.parent = parent;
    this.self = isObject ? frame : parent?.self;
    this.dollar = parent?.dollar ?? (isObject ? frame : undefined);
  }

  declare(name: string): number {
    const place = this.frame.reserve();
    this.#names.set(name, place);
    return place;
  }

  /** Where a name is bound: how many environments up, which variable there, and in which scope. */
  find(name: string): { up: number; place: number; scope: Scope } | undefined {
    const own = this.#names.get(name);
    if (own !== undefined) return { up: 0, place: own, scope: this };
    for (let scope = this.parent; scope !== undefined; scope = scope.parent) {
      const place = scope.#names.get(name);
      if (place !== undefined) return { up: this.frame.distance(scope.frame), place, scope };
    }
    return undefined;
  }
}
